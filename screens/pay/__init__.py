"""The pages about money: who pays what, the question, the payment code, the missing answer."""
