"""Messages into words, charts into SVG, HTML into PDF."""
