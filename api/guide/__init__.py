"""What Neo4j Browser loads from this server: the page of the guide, and the style of its graphs."""
