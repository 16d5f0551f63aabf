"""Policy packs: what a province decides, read from `config/packs/<area>/` into `domain.policy` values.

Nobody else reads them.
"""
