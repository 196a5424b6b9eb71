"""The laboratory: lexicons, corpora, training, evaluation, benchmarks. A running bot never imports it."""
