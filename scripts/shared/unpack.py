"""Unpacks exactly the named members of a wheel or a source archive: unpack.py ARCHIVE FOLDER MEMBER..."""

import shutil
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath


def open_member(archive, name):
    if isinstance(archive, zipfile.ZipFile):
        return archive.open(name)
    stream = archive.extractfile(name)
    if stream is None:
        raise SystemExit(f"{name} is not a regular file")
    return stream


def main(archive_path, folder, members):
    is_wheel = archive_path.endswith(".whl")
    with zipfile.ZipFile(archive_path) if is_wheel else tarfile.open(archive_path) as archive:
        for name in members:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
                raise SystemExit(f"refused the member name {name!r}: it could leave the folder")
            target = Path(folder, *path.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with open_member(archive, name) as source, open(target, "wb") as sink:
                shutil.copyfileobj(source, sink)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
