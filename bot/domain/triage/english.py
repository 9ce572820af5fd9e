"""The commonest English words: enough to tell an English message from Vietnamese without marks."""

ENGLISH = frozenset(
    ["and", "are", "as", "at", "been", "being", "boy", "by", "can", "car", "child", "daughter", "don't", "father", "for", "from", "get", "girl", "got", "had", "has", "have", "he", "her", "him", "his", "if", "is", "it", "kid", "kids", "mother", "my", "need", "neighbor", "neighbour", "not", "of", "old", "or", "our", "out", "own", "people", "please", "school", "she", "someone", "the", "them", "there", "they", "this", "to", "us", "was", "we", "were", "what", "who", "with", "years", "you"]
)
