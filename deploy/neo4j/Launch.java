import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.commandline.admin.security.SetInitialPasswordCommand;
import org.neo4j.server.CommunityBootstrapper;
import org.neo4j.server.NeoBootstrapper;
import picocli.CommandLine;

/**
 * Runs Neo4j Community in this process until SIGTERM. Started by server.py, from source:
 * {@code java -cp JARS Launch.java HOME CONF PASSWORD_FILE}.
 *
 * <p>While the server lives it holds a lock on HOME/run/server.lock, so that nobody has to trust an old process
 * id; its own stands in that file. HOME/run/ready appears once the server answers. The first password is set before any
 * port is open: there is no moment at which the well-known one would be accepted.
 */
public final class Launch {
    private static FileChannel lock; // kept: a channel that is collected lets go of its lock

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        Path conf = Path.of(args[1]);
        Path run = home.resolve("run");
        lock = FileChannel.open(run.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            System.err.println("another Neo4j runs on " + home);
            System.exit(5);
        }
        lock.truncate(0);
        lock.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
        if (!Files.exists(home.resolve("data/databases/system")) && !Files.exists(home.resolve("data/dbms/auth.ini"))) {
            setFirstPassword(home, conf, Files.readString(Path.of(args[2])).strip());
        }
        int code = NeoBootstrapper.start(new CommunityBootstrapper(), "--home-dir=" + home, "--config-dir=" + conf);
        if (code != NeoBootstrapper.OK) {
            System.exit(code);
        }
        Files.createFile(run.resolve("ready"));
    }

    private static void setFirstPassword(Path home, Path conf, String password) {
        var command = new CommandLine(new SetInitialPasswordCommand(new ExecutionContext(home, conf)));
        int code = command.execute("--", password);
        if (code != 0) {
            System.err.println("the first password could not be set");
            System.exit(6);
        }
    }
}
