"""What plans are made of: `facts` of the graph, `excerpt` of passages, and `gather`, which joins them."""
