"""Speed, as ratios to floors that are measured in the same run (`python3 -m tests bench`).

A millisecond here says nothing about a hall's machine; three times what one durable commit and one bare request take
on the same machine does. Every figure is measured several times, ours and its floor in turn, and told with its spread.
Nothing here fails a test: the goals stand beside the figures for people to compare.
"""
