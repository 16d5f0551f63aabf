/*
 * One fee batch, from its hold to the last thing that may still land: the order of kiosk/saga, for Spin to walk through
 * every way it can go. `make model` runs it, docs/reliability.md says what it proves and what it leaves out.
 *
 *   here                               in the kiosk
 *   course, marks, order, closed[]     saga.entry.Entry: course, marks, order, closed_orders
 *   next_act, undo, look_again         saga.acts.next_act, _undoing_act, _watch
 *   intend, exchange                   engine.money.run_money: the first note, and the call
 *   answered                           saga.answers.ANSWERS
 *   recovered                          saga.folding._recover
 *   believed                           saga.acts.held: by our own clock the bill is still ours
 *
 * The world is as bad as the real one may be:
 *   - The platform remembers no msgid. A 2207 that arrives is settled when its rows are free, also after its own
 *     reversal; it is refused when they are not, also when it is the very same one. Nobody can look a lost 2207 up.
 *   - The payment service knows our order key: a repeat charges nothing, and what lands after its close is paid.
 *   - The hospital knows our keys: a released hold stays released, a refused booking stays refused.
 *   - A request is lost, or its answer is, or it arrives at any later time, or twice, in any order. A gateway repeats a
 *     2207 by itself, and the answer may be that of the second copy, which finds its rows settled by the first.
 *   - A code that is shown is paid by somebody else's phone: whenever it likes, also when its order has long been closed.
 *   - The kiosk dies between any two steps, and while a request is under way.
 *   - The patient leaves where a page lets them, or takes the bill to their phone; another till takes it where the
 *     hospital lets it. A phone that was given a bill is to the model another till: it asks no leave and pays at once.
 *
 * Taken for granted: no request lives longer than L (`limits.longest_request`), and what is left of a hold when a
 * payment is sent outlasts it (two thirds of `limits.hold`, which packs must grant; renewed at a third, also while an
 * order is open); a hospital whose hold ran out frees no bill with an order that is not proved unpaid.
 *
 * Crashes and faults are not counted, there may be any number. What is bounded is how many requests can be on their way
 * after the kiosk stopped waiting for them, -DFLIGHT=n: n covers all histories of n crashes and faults, and more.
 * -DONCE      nobody repeats a 2207 (`resends` false in the pack), and its refusal is the last word
 * -DMUTANT_…  makes one mistake, which the search has to find
 * -DWORLD_…   takes away one thing taken for granted, and shows that it is needed
 * -DKEEP_INERT follows also what can change nothing any more, to show that leaving it out makes no difference
 * -DENDS      adds a time after which nothing goes wrong any more: then every settlement ends
 */
#ifndef FLIGHT
#define FLIGHT 3
#endif
#ifndef ENDS
#define calm 0
#endif

/* Requests. Those about payment are two, one for each order, those of 2207 one for each msgid: the second at + 1. */
#define HOLD 0
#define COLLECT 1
#define CLOSE 3
#define REFUND 5
#define SETTLE 7
#define REVERSE 9
#define CANCEL 11
#define REVERSE_CANCEL 12    /* 2601 for a 2208: no act of ours */
#define BOOK 13
#define RELEASE 14
#define HAND_OVER 15
#define REQUESTS 16
/* Acts that change nothing at the far end or send one of the requests above, and what is noted without an act. */
#define QUERY_PAYMENT 16
#define QUERY_SETTLEMENT 17
#define WATCH 18
#define WATCH_PAYMENT 19
#define RETURN_LATE 21
#define RENEW 23
#define GIVE_UP 24
#define END 25

/* Courses; marks; answers; who has the bill */
#define FORWARD 0
#define UNDOING 1
#define WATCHED 2
#define CLOSED 3
#define NONE 0
#define MAYBE 1
#define DONE 2
#define REFUSED 3
#define YES 0
#define NO 1
#define UNKNOWN 2
#define NOT_SENT 3
#define PAID_AT_CLOSE 4
#define NOBODY 0
#define OURS 1
#define RIVAL 2

/* The journal. A crash leaves it as it is. */
byte course, hold, settle, book, reverse, cancel, refund, handed;
byte order, orders;          /* the present order, 0 for none; how many were made */
bit collected, closing, closed[2], landed[2], watched, settled, booking;
bit to_phone;                /* the patient chose it */
byte msgid;                  /* of the 2207 that was sent last */

/* The truth at the far ends. */
byte paid[2], back[2], holder, booked;
bit shown[2];                /* a code that any phone may scan */
bit stands[2], cancelled, expired, released, booking_refused, order_closed[2], on_phone;

/* What is under way, and what may still go wrong. */
byte late[REQUESTS];
byte act = END, answer;
#ifdef ENDS
bit calm;
active proctype Weather() { calm = 1 }
ltl ends { <>[] calm -> <> (course == CLOSED) }
#endif
bit own_part, believed, asked, timely, arrives, answers, dies;

#define UNDER_WAY (late[0] + late[1] + late[2] + late[3] + late[4] + late[5] + late[6] + late[7] + late[8] + late[9] + \
	late[10] + late[11] + late[12] + late[13] + late[14] + late[15])
#define MAY_FLY (!calm && r < REQUESTS && UNDER_WAY < FLIGHT)
#define OPEN(k) (paid[k] > back[k])
#define UNDONE (reverse == DONE || cancel == DONE)
#ifdef MUTANT_HANDED_THOUGH_PAID
#define HANDING to_phone
#else
#define HANDING (to_phone && !collected)    /* an order that was paid before its close keeps the bill here */
#endif
#ifdef MUTANT_HANDING_LOST_IS_REFUSED
#define MAYBE_HANDED (handed == DONE)
#else
#define MAYBE_HANDED (handed == MAYBE || handed == DONE)
#endif
#ifdef ONCE
#define BELIEVES_REFUSALS
#define WATCHES_REVERSALS_ONLY
#endif
#ifdef MUTANT_REFUSAL_BELIEVED
#define BELIEVES_REFUSALS
#endif
#ifdef MUTANT_CANCEL_UNWATCHED
#define WATCHES_REVERSALS_ONLY
#endif
#ifdef WATCHES_REVERSALS_ONLY
#define WATCHABLE (reverse == DONE)
#else
#define WATCHABLE (reverse == DONE || cancel == DONE)
#endif
#ifndef ONCE
#define COPIES_2207
#endif
#ifdef WORLD_COPIES_ALL_THE_SAME     /* the pack says that nobody repeats a 2207, and somebody does */
#define COPIES_2207
#endif
#define LATE_2207 (late[SETTLE] || late[SETTLE + 1])
/* Money that no later look of ours brings home by itself. */
#define SESSION_OPEN ((OPEN(0) && !closed[0]) || (OPEN(1) && !closed[1]) || ((stands[0] || stands[1]) && !UNDONE))

/* --- the far ends --- */

inline payment_service(r, k, a) {
	if
	:: r == COLLECT + k ->
		if
		:: paid[k] = 1; shown[k] = 0; a = YES
		:: !paid[k] && !order_closed[k] -> a = NO
		:: !paid[k] && !order_closed[k] -> shown[k] = 1; a = UNKNOWN
		fi
	:: r == CLOSE + k ->
		if
		:: true
		:: shown[k] && UNDER_WAY < FLIGHT -> late[COLLECT + k]++   /* a phone was just paying: its notice comes later */
		fi;
		order_closed[k] = 1; shown[k] = 0; a = (paid[k] -> PAID_AT_CLOSE : YES)
	:: r == REFUND + k ->
		if
		:: !paid[k] -> a = NO
#ifdef MUTANT_REFUND_KEY
		:: paid[k] -> back[k]++; a = YES
#else
		:: paid[k] -> back[k] = 1; a = YES
#endif
		fi;
		assert(back[k] <= paid[k])       /* never more goes back than was taken */
	fi
}

inline platform(r, m, a) {
	if
	:: r == SETTLE + m ->
		if
		:: !stands[0] && !stands[1] -> stands[m] = 1; a = YES
		:: a = NO                    /* its rows are settled, or whatever else it finds */
		fi
	:: r == REVERSE + m -> stands[m] = 0; a = YES
	fi
}

inline hospital(r, a) {
	if
	:: r == HOLD && (released || booked || holder == RIVAL) -> a = NO
	:: r == HOLD && !released && !booked && holder != RIVAL -> holder = OURS; expired = 0; a = YES
	:: r == RELEASE -> released = 1; holder = (holder == OURS -> NOBODY : holder); a = YES
	:: r == HAND_OVER && on_phone -> a = YES
	:: r == HAND_OVER && !on_phone && holder == OURS ->
		printf("@ the phone holds\n"); assert(!SESSION_OPEN); holder = RIVAL; released = 1; on_phone = 1; a = YES
	:: r == HAND_OVER && !on_phone -> a = NO                         /* for whatever reason */
	:: r == BOOK && booked == OURS -> a = YES
	:: r == BOOK && booked != OURS && !booking_refused && holder == OURS -> booked = OURS; holder = NOBODY; a = YES
	:: r == BOOK && booked != OURS -> booking_refused = 1; a = NO    /* not held, or the doctor withdrew it */
	fi
}

inline deliver(r, a) {
	if
	:: r == COLLECT || r == CLOSE || r == REFUND -> payment_service(r, 0, a)
	:: r == COLLECT + 1 || r == CLOSE + 1 || r == REFUND + 1 -> payment_service(r, 1, a)
	:: r == SETTLE || r == REVERSE -> platform(r, 0, a)
	:: r == SETTLE + 1 || r == REVERSE + 1 -> platform(r, 1, a)
	:: r == CANCEL -> cancelled = cancelled || stands[msgid]; stands[msgid] = 0; a = YES
	:: r == REVERSE_CANCEL -> stands[msgid] = stands[msgid] || cancelled; cancelled = 0; a = YES
	:: r == HOLD || r == RELEASE || r == BOOK || r == HAND_OVER -> hospital(r, a)
	:: r == QUERY_PAYMENT -> a = (paid[order - 1] -> YES : (order_closed[order - 1] -> NO : UNKNOWN))
	:: r == QUERY_SETTLEMENT -> a = (stands[msgid] -> YES : NO)
	:: r == WATCH_PAYMENT -> a = (paid[0] -> YES : NO)
	:: r == WATCH_PAYMENT + 1 -> a = (paid[1] -> YES : NO)
	fi
}

/* What is on its way and can never change anything again need not be looked at: its key was seen, or nothing is left. */
inline forget_inert() {
	d_step {
	skip;
#ifndef KEEP_INERT
	if :: paid[0] -> late[COLLECT] = 0 :: else fi;
	if :: paid[1] -> late[COLLECT + 1] = 0 :: else fi;
	if :: order_closed[0] -> late[CLOSE] = 0 :: else fi;
	if :: order_closed[1] -> late[CLOSE + 1] = 0 :: else fi;
#ifndef MUTANT_REFUND_KEY
	if :: back[0] -> late[REFUND] = 0 :: else fi;
	if :: back[1] -> late[REFUND + 1] = 0 :: else fi;
#endif
	if :: released || booked -> late[HOLD] = 0 :: else fi;
	if :: released && holder != OURS -> late[RELEASE] = 0; late[HAND_OVER] = 0 :: else fi;
	if :: booking_refused || booked == OURS -> late[BOOK] = 0 :: else fi;
	if :: reverse && !stands[0] && !late[SETTLE] -> late[REVERSE] = 0 :: else fi;
	if :: reverse && !stands[1] && !late[SETTLE + 1] -> late[REVERSE + 1] = 0 :: else fi;
#ifndef MUTANT_CANCEL_REVERSED
	if :: cancel && !stands[msgid] && !late[SETTLE + msgid] -> late[CANCEL] = 0 :: else fi
#endif
#endif
	}
}

/* Whatever was delayed arrives when it likes, in any order; nobody hears its answer. */
active proctype Network() {
	byte r, unheard;
end:	do
	:: atomic {
		if
		:: late[HOLD] -> r = HOLD          :: late[RELEASE] -> r = RELEASE    :: late[BOOK] -> r = BOOK
		:: late[COLLECT] -> r = COLLECT    :: late[CLOSE] -> r = CLOSE        :: late[REFUND] -> r = REFUND
		:: late[COLLECT + 1] -> r = COLLECT + 1
		:: late[CLOSE + 1] -> r = CLOSE + 1
		:: late[REFUND + 1] -> r = REFUND + 1
		:: late[SETTLE] -> r = SETTLE      :: late[REVERSE] -> r = REVERSE    :: late[CANCEL] -> r = CANCEL
		:: late[SETTLE + 1] -> r = SETTLE + 1
		:: late[REVERSE + 1] -> r = REVERSE + 1
		:: late[REVERSE_CANCEL] -> r = REVERSE_CANCEL
		:: late[HAND_OVER] -> r = HAND_OVER
		fi;
		late[r]--;
		printf("@ arrives late %d\n", r);
		deliver(r, unheard);
		forget_inert();
		r = 0; unheard = 0 }
	od
}

/* Whoever scans the code that the kiosk shows, or photographed it; for a bill that is another's nobody may. */
active proctype Phone() {
end:	do
	:: atomic { shown[0] -> printf("@ a phone pays\n"); assert(holder == OURS); paid[0] = 1; shown[0] = 0; forget_inert() }
	:: atomic { shown[1] -> printf("@ a phone pays\n"); assert(holder == OURS); paid[1] = 1; shown[1] = 0; forget_inert() }
	od
}

/*
 * First our own clock says that the hold is over, later the hospital's, which began to count when our request came; then
 * another till asks for the bill. A hold that is asked for and not yet granted (`asked`) counts from its request.
 */
active proctype Rival() {
end:	do
	:: atomic { believed && !timely -> printf("@ our clock ends the hold\n"); believed = 0 }
	:: atomic { asked && !believed && !timely -> printf("@ our clock ends the hold that is asked for\n"); asked = 0 }
#ifdef WORLD_HOLD_ENDS_UNDER_A_REQUEST
	:: atomic { holder == OURS && !expired && !believed && !asked ->
#else
	:: atomic { holder == OURS && !expired && !believed && !asked && !timely && !late[COLLECT] && !late[COLLECT + 1] ->
#endif
		printf("@ the hospital ends the hold\n"); expired = 1 }
	:: atomic { holder == NOBODY && !booked -> printf("@ another till holds\n"); assert(!SESSION_OPEN); holder = RIVAL }
#ifdef MUTANT_EXPIRY_FREES
	:: atomic { holder == OURS && expired ->
		printf("@ another till holds\n"); assert(!SESSION_OPEN); holder = RIVAL; released = 1 }
#else
	:: atomic { holder == OURS && expired && !OPEN(0) && !OPEN(1) && !shown[0] && !shown[1] && !stands[0] && !stands[1] ->
		printf("@ another till holds\n"); assert(!SESSION_OPEN); holder = RIVAL; released = 1 }
#endif
	:: atomic { holder == RIVAL -> printf("@ another till books\n"); booked = RIVAL; holder = NOBODY }
	od
}

/* --- the kiosk --- */

inline next_act() {
	if
	:: course == FORWARD && hold == NONE -> act = HOLD
	:: course == FORWARD && hold && own_part && !order && !HANDING ->      /* the page waits for a code */
		if
#ifdef MUTANT_HOLD_UNCHECKED
		:: orders < 2 -> act = COLLECT + orders
#else
		:: believed && orders < 2 -> act = COLLECT + orders
#endif
#ifdef ENDLESS_READING
		:: believed -> act = RENEW
#else
		:: !calm && believed -> act = RENEW
#endif
		:: act = GIVE_UP
		fi
#ifdef MUTANT_SWITCHED_UNCLOSED
	:: course == FORWARD && order == 1 && !collected && !closing -> order = 0; act = COLLECT + 1
#endif
	:: course == FORWARD && order && !collected && !closing ->
		if
		:: act = QUERY_PAYMENT
		:: !calm && believed -> act = RENEW
		fi
#ifdef MUTANT_HANDED_UNCLOSED
	:: course == FORWARD && order && HANDING -> act = (handed == DONE -> END : HAND_OVER)
#endif
	:: course == FORWARD && order && !collected -> act = CLOSE + order - 1     /* refused, stopped, or its time is over */
	:: course == FORWARD && HANDING && (!order || collected) && handed != DONE -> act = HAND_OVER
	:: course == FORWARD && HANDING && handed == DONE -> act = END
	:: course == FORWARD && hold && (collected || !own_part) && settle == NONE ->
		act = SETTLE + msgid
	:: course == FORWARD && settled && !booking ->
#ifdef MUTANT_BOOKED_ONCE
		act = (book == MAYBE -> END : BOOK)
#else
		act = BOOK
#endif
	:: course == FORWARD && booking -> act = END
	:: course == UNDOING -> undo()
	:: course == WATCHED -> look_again()
	fi
}

/* First the settlement, then the payment, then the hold: never money before insurance. */
inline undo() {
	if
#ifdef MUTANT_NOT_FOUND_FINAL
	:: !settled && settle == MAYBE && reverse == NONE -> act = QUERY_SETTLEMENT
#endif
	:: !settled && settle == MAYBE && reverse != DONE -> act = REVERSE + msgid
	:: else -> if
	:: settled && cancel == MAYBE ->
#ifdef MUTANT_CANCEL_REVERSED
		act = REVERSE_CANCEL
#else
		act = QUERY_SETTLEMENT
#endif
	:: settled && (cancel == NONE || cancel == REFUSED) -> act = CANCEL
	:: else -> if
	:: order && !collected ->
#ifdef MUTANT_UNCLOSED_REFUND
		act = REFUND + order - 1
#else
		act = CLOSE + order - 1
#endif
	:: order && collected && refund != DONE -> act = REFUND + order - 1
	:: else -> act = (hold == MAYBE || hold == DONE -> RELEASE : END)
	fi fi fi
}

/* When no byte of the old requests can be alive any more: a reversal again, and each closed order once more. */
inline look_again() {
	if
#ifdef MUTANT_WATCHED_AT_ONCE
	:: WATCHABLE && !watched -> act = WATCH
#else
	:: WATCHABLE && !watched && !LATE_2207 -> act = WATCH
#endif
	:: closed[0] && !landed[0] && !late[COLLECT] -> act = WATCH_PAYMENT
	:: closed[1] && !landed[1] && !late[COLLECT + 1] -> act = WATCH_PAYMENT + 1
	:: closed[0] && landed[0] -> act = RETURN_LATE
	:: closed[1] && landed[1] -> act = RETURN_LATE + 1
	:: (!WATCHABLE || watched) && !closed[0] && !closed[1] -> act = END
	fi
}

inline intend() {
	if
	:: act == HOLD -> hold = MAYBE; asked = 1
	:: act == RENEW -> asked = 1
	:: act == COLLECT || act == COLLECT + 1 -> orders++; order = orders; collected = 0; closing = 0
	:: act == SETTLE || act == SETTLE + 1 -> settle = MAYBE
	:: act == BOOK -> book = MAYBE
	:: act == HAND_OVER -> handed = MAYBE
	:: act == REVERSE || act == REVERSE + 1 -> reverse = MAYBE
	:: act == CANCEL -> cancel = MAYBE
	:: act == REFUND || act == REFUND + 1 -> refund = MAYBE
	:: else
	fi
}

/* One call: all is well, or the network does something to it, or the kiosk dies in the middle of it. */
inline exchange(r) {
	arrives = 1; answers = 1; answer = UNKNOWN;
	if
	:: true
	:: !calm -> arrives = 0; answers = 0; answer = NOT_SENT
	:: !calm -> arrives = 0; answers = 0                       /* the request is lost */
	:: !calm -> answers = 0                                    /* its answer is */
	:: MAY_FLY -> arrives = 0; answers = 0; late[r]++          /* it arrives, but later */
	:: MAY_FLY -> answers = 0; late[r]++                       /* it arrives now and later, and is not answered */
#ifndef COPIES_2207
	:: MAY_FLY && r != SETTLE && r != SETTLE + 1 -> late[r]++  /* … and is answered */
#else
	:: MAY_FLY -> late[r]++                                    /* … and is answered */
	:: !calm && r == SETTLE + msgid && !stands[0] && !stands[1] ->
		stands[msgid] = 1; arrives = 0; answers = 0; answer = NO   /* it arrives twice, and the second is answered */
#endif
	:: !calm -> dies = 1; arrives = 0
	:: !calm -> dies = 1
	:: MAY_FLY -> dies = 1; arrives = 0; late[r]++
	fi;
	if
	:: arrives ->
		assert(holder == OURS || (r != COLLECT && r != COLLECT + 1));   /* nothing is paid for another till's bill */
		printf("@ arrives %d\n", r);
		deliver(r, heard)
	:: else
	fi;
	forget_inert();
	if :: arrives && answers -> answer = heard :: else fi;
	heard = 0; arrives = 0; answers = 0
}

#define TURN_BACK course = UNDOING

inline answered() {
	if
	:: act == HOLD ->
		hold = (answer == YES -> DONE : (answer == NO -> REFUSED : (answer == UNKNOWN -> MAYBE : NONE)));
#ifdef MUTANT_HOLD_FROM_ANSWER
		if :: answer == YES -> believed = 1 :: else -> TURN_BACK fi;
#else
		if :: answer == YES -> believed = asked :: else -> TURN_BACK fi;
#endif
		asked = 0
	:: act == RENEW ->
		if :: answer == YES -> believed = asked || believed :: answer == NO -> TURN_BACK :: else fi;
		asked = 0
	:: act == COLLECT || act == COLLECT + 1 ->
		if
		:: answer == YES -> collected = 1
		:: answer == NO -> closing = 1
		:: answer == NOT_SENT -> order = 0
#ifdef MUTANT_ORDER_KEY
		:: answer == UNKNOWN -> order = 0
#else
		:: answer == UNKNOWN
#endif
		fi
	:: act == QUERY_PAYMENT ->
		if :: answer == YES -> collected = 1 :: else -> closing = 1 fi       /* also when the time for it is over */
	:: act == CLOSE || act == CLOSE + 1 ->
		if
		:: answer == PAID_AT_CLOSE -> collected = 1
		:: answer == YES ->
#ifndef MUTANT_CLOSED_FORGOTTEN
			closed[order - 1] = 1;
#endif
			order = 0; closing = 0
		:: else -> closing = 1
		fi
	:: act == SETTLE || act == SETTLE + 1 ->
		if
		:: answer == YES -> settle = DONE; settled = 1
#ifdef BELIEVES_REFUSALS
		:: answer == NO -> settle = REFUSED; TURN_BACK
#else
		:: answer == NO -> TURN_BACK                 /* settle stays MAYBE: a copy may stand */
#endif
		:: answer == NOT_SENT -> settle = NONE
#ifdef MUTANT_SETTLED_AGAIN
		:: answer == UNKNOWN && msgid == 0 -> settle = NONE; msgid = 1
		:: answer == UNKNOWN && msgid == 1 -> TURN_BACK
#else
		:: answer == UNKNOWN -> TURN_BACK
#endif
		fi
	:: act == BOOK ->
		if
		:: answer == YES -> book = DONE; booking = 1
		:: answer == NO -> book = REFUSED; TURN_BACK
#ifdef MUTANT_BOOKING_LOST_IS_REFUSED
		:: answer == UNKNOWN -> book = REFUSED; TURN_BACK
		:: answer == NOT_SENT
#else
		:: answer == UNKNOWN || answer == NOT_SENT
#endif
		fi
	:: act == REVERSE || act == REVERSE + 1 ->
		reverse = (answer == YES -> DONE : (answer == UNKNOWN -> MAYBE : NONE))
	:: act == CANCEL -> cancel = (answer == YES -> DONE : (answer == UNKNOWN -> MAYBE : NONE))
	:: act == REVERSE_CANCEL -> cancel = (answer == YES -> DONE : cancel)
	:: act == QUERY_SETTLEMENT && settled ->
		cancel = (answer == NO -> DONE : (answer == YES -> NONE : cancel))
	:: act == QUERY_SETTLEMENT && !settled ->                                    /* only the mutant asks */
		if :: answer == NO -> settle = REFUSED :: answer == YES -> reverse = REFUSED :: else fi
	:: act == REFUND || act == REFUND + 1 ->
#ifdef MUTANT_UNCLOSED_REFUND
		if :: answer == NO -> order = 0 :: answer == YES -> collected = 1 :: else fi;
#endif
#ifdef MUTANT_REFUND_LOST_IS_DONE
		refund = (answer == NO || answer == NOT_SENT -> NONE : DONE)
#else
		refund = (answer == YES -> DONE : (answer == UNKNOWN -> MAYBE : NONE))
#endif
	:: act == RELEASE -> hold = (answer == YES -> NONE : hold)
	:: act == HAND_OVER ->
		if
		:: answer == YES -> handed = DONE
		:: answer == NO -> handed = REFUSED; TURN_BACK
#ifdef MUTANT_HANDING_LOST_IS_REFUSED
		:: else -> to_phone = 0             /* back to the page that takes payment */
#else
		:: else                             /* asked again under its key: released, it might be paid at both places */
#endif
		fi
	:: act == WATCH -> watched = (answer == YES)
	:: act == WATCH_PAYMENT || act == WATCH_PAYMENT + 1 ->
		if
		:: answer == YES -> landed[act - WATCH_PAYMENT] = 1
		:: answer == NO -> closed[act - WATCH_PAYMENT] = 0
		:: else
		fi
	:: act == RETURN_LATE || act == RETURN_LATE + 1 ->
		if :: answer == YES -> closed[act - RETURN_LATE] = 0 :: else fi
	fi
}

/* Nothing is started that the patient can no longer see; what was sent without an answer is unknown. */
inline recovered() {
	if
	:: course == FORWARD && !settled && !MAYBE_HANDED ->
#ifdef MUTANT_RECOVERY_TRUSTS_SILENCE
		settle = NONE;
#endif
		TURN_BACK
	:: else
	fi
}

inline end_or_watch() {
#ifdef MUTANT_UNWATCHED
	watched = 1;
#endif
#ifdef MUTANT_HANDED_FORGETS_CLOSED
	if :: handed == DONE -> closed[0] = 0; closed[1] = 0 :: else fi;
#endif
	course = (course != WATCHED && ((WATCHABLE && !watched) || closed[0] || closed[1]) -> WATCHED : CLOSED)
}

active proctype Kiosk() {
	byte heard, r;
	if :: own_part = 0 :: own_part = 1 fi;
	do
	:: course == CLOSED -> break
	:: atomic { !calm && course == FORWARD && !settled && !MAYBE_HANDED ->     /* elsewhere a death changes nothing */
		printf("@ the kiosk dies\n"); recovered() }
	:: atomic { course == FORWARD && settle == NONE && !MAYBE_HANDED -> printf("@ the patient leaves\n"); TURN_BACK }
	:: atomic { course == FORWARD && hold == DONE && own_part && !collected && settle == NONE && !to_phone ->
		printf("@ the patient takes it to the phone\n"); to_phone = 1; closing = closing || order }
	:: atomic { course != CLOSED -> next_act();
		if
		:: act == GIVE_UP -> TURN_BACK; act = END
		:: act == END -> end_or_watch()
		:: else ->
			timely = (act == COLLECT || act == COLLECT + 1);
#ifndef MUTANT_INTENT_LATE
			intend()
#endif
		fi }
		if
		:: act == END
		:: else ->
			atomic {
				r = (act == RENEW -> HOLD : act);
				if
				:: act == WATCH -> r = REVERSE + msgid
				:: act == RETURN_LATE || act == RETURN_LATE + 1 -> r = REFUND + act - RETURN_LATE
				:: else
				fi;
				exchange(r); r = 0 }
			atomic {
				if
				:: dies -> printf("@ the kiosk dies during %d\n", act); dies = 0; recovered()
				:: else ->
					printf("@ answer %d %d\n", act, answer);
#ifdef MUTANT_INTENT_LATE
					intend();
#endif
					answered()
				fi;
				timely = 0; act = END; answer = 0 }
		fi
	od;
	/* Everything that is still on its way has arrived: then the books are read. */
	atomic {
		UNDER_WAY == 0;
		assert(paid[0] + paid[1] - back[0] - back[1] == (booking && own_part));   /* I1 */
		assert(stands[0] + stands[1] == booking);                                  /* I2: settled … */
		assert((booked == OURS) == booking);                                       /* … and booked, or neither */
		assert(holder != OURS) }                                                   /* the rows are free again */
}
