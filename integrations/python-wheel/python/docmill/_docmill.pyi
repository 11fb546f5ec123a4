from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any, final

__all__ = ["Error", "Pipeline", "__version__"]

__version__: str

class Error(Exception):
    """docmill could not run: a setting, a file or a model is at fault.

    Says what is wrong, where, and how to mend it.
    """

@final
class Pipeline:
    """A configuration with everything loaded. May be used from several threads."""

    def __new__(
        cls, config: str | PathLike[str] = "news", *, set: Mapping[str, _Setting] | None = None
    ) -> Pipeline:
        """Loads a configuration.

        config: "news", the built-in one, or the path of a TOML file.
        set: single settings over it, such as {"output.tokens": True}; what `--set` is for `docmill run`.

        Raises Error if the configuration cannot run.
        """

    @property
    def stages(self) -> list[str]:
        """Keys of the stages, in order."""

    @property
    def run_id(self) -> str:
        """Id of every run with this configuration and these models, as in each record."""

    def annotate(
        self, texts: Iterable[str | Mapping[str, Any]], *, jobs: int | None = None
    ) -> list[dict[str, Any] | None]:
        """Annotates documents, and returns a record for each, in their order.

        texts: text, or a mapping with the fields of a line of JSON lines: `text`, and `id`, `title`, `date`, `author`,
            `publication`, `volume`, `issue` if known; others go to `meta.extra`. The id is the position if none is
            given. All are in memory at once, as are the records: give a large archive in slices, or to `docmill run`.
        jobs: worker threads; all processors if not given. The records do not depend on it.

        What is no text, or fails in a stage, has a record with `status` "failed" and the reason in `error`. None stands
        for a document that a stage has filtered out on purpose.

        Other Python threads run meanwhile; Ctrl-C is seen between two documents.
        """

_Scalar = str | int | float | bool
_Setting = _Scalar | list[_Scalar]
