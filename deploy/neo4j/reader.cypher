// Neo4j Enterprise only: a user for Neo4j Browser who sees the graph, without patients, and changes nothing of it.
//
//     cypher-shell -d system -u neo4j --param 'password => "…"' -f reader.cypher
//
// Neo4j Community knows users but no roles: every user of it may read and change everything. There, let people look at
// a copy that nobody may write: `server.py start --read-only --home COPY`.
CREATE USER medgraph_reader IF NOT EXISTS SET PASSWORD $password CHANGE REQUIRED;
CREATE ROLE medgraph_browser IF NOT EXISTS;
GRANT ACCESS ON DATABASE neo4j TO medgraph_browser;
GRANT MATCH {*} ON GRAPH neo4j TO medgraph_browser;
DENY TRAVERSE ON GRAPH neo4j NODES Patient TO medgraph_browser;
GRANT EXECUTE PROCEDURE db.index.fulltext.queryNodes ON DBMS TO medgraph_browser;
GRANT EXECUTE PROCEDURE db.labels ON DBMS TO medgraph_browser;
GRANT EXECUTE PROCEDURE db.relationshipTypes ON DBMS TO medgraph_browser;
GRANT EXECUTE PROCEDURE db.propertyKeys ON DBMS TO medgraph_browser;
GRANT EXECUTE PROCEDURE dbms.components ON DBMS TO medgraph_browser;
GRANT ROLE medgraph_browser TO medgraph_reader;
