"""Neural networks by hand: the package under the chapters of the book."""
