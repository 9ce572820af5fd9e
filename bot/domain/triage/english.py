"""The commonest English words: enough to tell an English message from Vietnamese without marks."""

ENGLISH = frozenset(
    """
    afraid sos after almost alone and apartment are as baby beat beats because been before behind being
    birthday boy boys call car cash child children class could daughter don't every father feel for free
    from get girl girls good got group had happy has have he he's hello help her here him his hits home
    hotel house how hurt hurts i'm if is it's job just kid kids know knows left live money mother much
    my myself need neighbor neighbors neighbour next night nobody not now number of offers old open or
    our out own people person phone play please police real report right river scared school sell she
    should sick someone son street teacher testing thank thanks the them there there's they this to
    today us very view village want was we week were what when where which who with woman work working
    works would years you
    """.split()
)
