"""docmill: a batch NLP pipeline for archives of English news and security analysis.

    import docmill

    pipeline = docmill.Pipeline("news")
    for record in pipeline.annotate(["Tajikistan and China signed the agreement."], jobs=4):
        print(record["status"], [entity["text"] for entity in record["entities"]])

A record is the object that `docmill run` writes as a line; positions count code points, so `text[start:end]` is the
span. A document that fails has a record too, with `status` "failed" and the reason in `error`.
"""

from docmill._docmill import Error, Pipeline, __version__

__all__ = ["Error", "Pipeline", "__version__"]
