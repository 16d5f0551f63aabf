"""The memory of money: facts are stored before and after every act, chained and sealed.

It knows no order; `kiosk.saga` does.
"""
