"""Packs what the generator ships beside its code into the package, so that `pip install` brings all of it."""

from pathlib import Path
from shutil import copy2, copytree

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("docs", "theme", "vendor", "schema", "mkdocs.yml", "mkdocs.ar.yml")
METHOD = ("methodology.yml", "codebook.yml", "vocabulary.yml")


class WithGenerator(build_py):
    def run(self) -> None:
        super().run()
        if self.editable_mode:  # the checkout has it all
            return
        root, target = Path(__file__).parent, Path(self.build_lib) / "scoring" / "generator"
        for name in SHIPPED:
            if (root / name).is_dir():
                copytree(root / name, target / name, dirs_exist_ok=True)
            else:
                target.mkdir(parents=True, exist_ok=True)
                copy2(root / name, target / name)
        (target / "data").mkdir(exist_ok=True)
        for name in METHOD:
            copy2(root / "data" / name, target / "data" / name)


setup(cmdclass={"build_py": WithGenerator})
