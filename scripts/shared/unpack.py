"""Unpacks the named members of a wheel or a source archive, of a wheel without names all: unpack.py ARCHIVE FOLDER MEMBER..."""

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
        everything = [info.filename for info in archive.infolist() if not info.is_dir()] if is_wheel else []
        for name in members or everything:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
                raise SystemExit(f"refused the member name {name!r}: it could leave the folder")
            target = Path(folder, *path.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with open_member(archive, name) as source, open(target, "wb") as sink:
                shutil.copyfileobj(source, sink)
            if is_wheel and archive.getinfo(name).external_attr >> 16 & 0o100:
                target.chmod(0o755)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
