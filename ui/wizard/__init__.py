"""The wizard: six steps that build the parameters of a diagnosis, run it and show what came out."""
