"""Pictures as small as Zalo OA takes them: JPEG of at most 1 MB."""

import io

from PIL import Image

MOST_BYTES = 2**20
_SIDES = (2048, 1600, 1200, 900, 600)


def fitted(content: bytes) -> bytes:
    """Return a JPEG that fits, the largest of a few sizes; one that fits is left as it is."""
    if len(content) <= MOST_BYTES:
        return content
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    for side in _SIDES:
        picture.thumbnail((side, side))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=80)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
