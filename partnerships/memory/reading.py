"""Reads remembered columns back as exactly as the database wrote them."""

import json
from decimal import Decimal
from typing import Any


class ExactDecoder(json.JSONDecoder):
    """Reads numbers with a fraction as decimals: an amount of money has no binary rounding."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"parse_float": Decimal, **options})
