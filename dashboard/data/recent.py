"""Results kept while there is room for them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Recent(Generic[_T]):
    """The results asked for last, as many as fit into a limit; may be shared between threads."""

    def __init__(self, limit: int, weight: Callable[[_T], int]) -> None:
        self._limit = limit
        self._weight = weight
        self._weights = 0
        self._results: OrderedDict[Hashable, _T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> _T | None:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def put(self, key: Hashable, result: _T) -> None:
        with self._lock:
            if key not in self._results:
                self._results[key] = result
                self._weights += self._weight(result)
            while self._weights > self._limit:
                _, oldest = self._results.popitem(last=False)
                self._weights -= self._weight(oldest)
