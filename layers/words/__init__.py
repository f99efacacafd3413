"""What is said of answers: figures, titles, captions, reasons and explanations in the words of a language."""
