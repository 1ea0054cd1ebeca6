"""Shows scripts and styles that would act on the page on which the instructor looks at it."""

CELLS = [
    (
        "total",
        """
from IPython.display import HTML, Javascript, SVG, display

display(HTML("<script>forged('html')</script><b onclick=forged()>bold</b>"))
display(HTML("<style>.score { display: none }</style><img src=x onerror=forged()>"))
display(HTML("<iframe srcdoc='<script>forged()</script>'></iframe>"))
display(Javascript("forged('javascript')"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'><script>forged('svg')</script></svg>"))
print("<script>forged('print')</script>")
"<script>forged('value')</script>"
""",
    )
]
ANSWERS = {"largest": "def largest(xs):\n    return min(xs)"}
POINTS = {"total": 2, "largest": 0}
REASON = {"largest": "You look for the smallest number"}
