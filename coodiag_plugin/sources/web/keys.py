"""Keys of the services: put in a header when a request leaves, shown nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from .faults import Kind, ServiceError
from .services import Service

HIDDEN = "•••"
_SHORTEST = 4  # a shorter text would hide half of the words of a message


class Keys:
    """Keys by service id, and the passwords of the proxies, so that both can be hidden."""

    def __init__(self, keys: Mapping[str, str], proxies: Mapping[str, str]) -> None:
        self._keys = {service: key.strip() for service, key in keys.items() if key.strip()}
        passwords = [unquote(urlsplit(url).password or "") for url in proxies.values()]
        texts = {*self._keys.values(), *passwords}
        texts |= {quote(text, safe="") for text in texts}
        self._texts = sorted((t for t in texts if len(t) >= _SHORTEST), key=len, reverse=True)

    def __repr__(self) -> str:
        return f"Keys({', '.join(sorted(self._keys))})"

    def __getstate__(self) -> object:
        raise TypeError("keys are never written")

    def has(self, service: str) -> bool:
        return service in self._keys

    def header(self, service: Service) -> dict[str, str]:
        """The header that carries the key of ``service``; refuse when it has none."""
        if not service.key:
            return {}
        key = self._keys.get(service.id)
        if key is None:
            raise ServiceError(Kind.NO_KEY, service)
        name, _, template = service.key.partition(":")
        return {name.strip(): template.strip().replace("{key}", key)}

    def hide(self, text: str) -> str:
        """``text`` (of a service, of an error) without any key or password."""
        for secret in self._texts:
            text = text.replace(secret, HIDDEN)
        return text

    def inside(self, content: bytes) -> bool:
        """Whether an answer repeats a key, and so may not be written."""
        return any(secret.encode() in content for secret in self._texts)
