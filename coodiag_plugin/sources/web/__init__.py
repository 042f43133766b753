"""The HTTP room: every call to a public service goes through :class:`client.Web`."""
