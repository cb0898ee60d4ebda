"""Papers as references: BibTeX, RIS and CSL-JSON, for one paper or for a list of them."""
