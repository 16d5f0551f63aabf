/* The peer of the card driver: the least that a program on libpcsclite does to read a card.
 *
 * Arguments: part of the reader's name, rounds. Standard input: one APDU a line, in hexadecimal.
 * Standard output: microseconds of each round (connect, all APDUs, disconnect with reset), one a line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <winscard.h>

enum { MOST = 64, LONGEST = 261 };

static unsigned char apdus[MOST][LONGEST];
static DWORD lengths[MOST];

static void check(const char *what, LONG code)
{
    if (code != SCARD_S_SUCCESS) {
        fprintf(stderr, "%s: %s\n", what, pcsc_stringify_error(code));
        exit(1);
    }
}

static int read_apdus(void)
{
    char line[2 * LONGEST + 2];
    int count = 0;
    while (count < MOST && fgets(line, sizeof line, stdin)) {
        unsigned byte;
        lengths[count] = 0;
        for (char *at = line; sscanf(at, "%2x", &byte) == 1; at += 2)
            apdus[count][lengths[count]++] = (unsigned char)byte;
        count += lengths[count] > 0;
    }
    return count;
}

static const char *find_reader(SCARDCONTEXT context, const char *part)
{
    static char names[1024];
    DWORD size = sizeof names;
    check("list", SCardListReaders(context, NULL, names, &size));
    for (const char *name = names; *name; name += strlen(name) + 1)
        if (strstr(name, part))
            return name;
    fprintf(stderr, "no reader\n");
    exit(1);
}

static void read_card(SCARDCONTEXT context, const char *reader, int count)
{
    SCARDHANDLE card;
    DWORD protocol;
    check("connect", SCardConnect(context, reader, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                  &card, &protocol));
    const SCARD_IO_REQUEST *header = protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    for (int i = 0; i < count; i++) {
        unsigned char answer[MAX_BUFFER_SIZE];
        DWORD length = sizeof answer;
        check("transmit", SCardTransmit(card, header, apdus[i], lengths[i], NULL, answer, &length));
    }
    check("disconnect", SCardDisconnect(card, SCARD_RESET_CARD));
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int count = read_apdus();
    SCARDCONTEXT context;
    check("establish", SCardEstablishContext(SCARD_SCOPE_USER, NULL, NULL, &context));
    const char *reader = find_reader(context, argv[1]);
    for (int round = atoi(argv[2]); round > 0; round--) {
        struct timespec began, ended;
        clock_gettime(CLOCK_MONOTONIC, &began);
        read_card(context, reader, count);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        printf("%ld\n", (ended.tv_sec - began.tv_sec) * 1000000 + (ended.tv_nsec - began.tv_nsec) / 1000);
    }
    SCardReleaseContext(context);
    return 0;
}
