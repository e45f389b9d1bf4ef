"""Data sets: offline, the same bytes on every machine, no example shared between splits."""

from byhand.data.blobs import Blobs, load_blobs
from byhand.data.digits import Digits, load_digits
from byhand.data.ecg import Heartbeats, load_ecg
from byhand.data.scenes import Scenes, load_scenes

__all__ = ["Blobs", "Digits", "Heartbeats", "Scenes", "load_blobs", "load_digits", "load_ecg", "load_scenes"]
