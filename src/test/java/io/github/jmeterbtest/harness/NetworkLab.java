package io.github.jmeterbtest.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two hosts and a router between them, in network namespaces of this machine: what is sent here never leaves it. The
 * router is the bottleneck, so that the hosts do not feel it before packets are lost, as on a real path. At first there
 * is no limit, nothing is dropped, and each packet crosses each link alone.
 */
public final class NetworkLab implements AutoCloseable {
    /** One of the two hosts. */
    public enum Host {
        LEFT("10.98.1"),
        RIGHT("10.98.2");

        public final String address;
        private final String gateway;

        Host(String network) {
            this.address = network + ".2";
            this.gateway = network + ".1";
        }

        /** @return name of the host's namespace, and of the router's interface to it */
        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @return the one at the other end */
        public Host other() {
            return this == LEFT ? RIGHT : LEFT;
        }
    }

    /**
     * What the links do with datagrams that a system call has sent as one batch. A link of two virtual interfaces
     * passes a batch as one packet: its counters, queues and filters then see one. A cable cannot do that.
     */
    public enum Offload {
        /** Each packet crosses every link alone, and so it comes to the receiver: counters and filters see packets. */
        NONE("off", "off", "off"),
        /** As before, but the receiving host puts packets together after the link, as it does behind a network card. */
        RECEIVE("off", "off", "on"),
        /** A batch stays together all the way. */
        ALL("on", "on", "on");

        private final String segmentation;
        private final String receiveOnRouter;
        private final String receiveOnHost;

        Offload(String segmentation, String receiveOnRouter, String receiveOnHost) {
            this.segmentation = segmentation;
            this.receiveOnRouter = receiveOnRouter;
            this.receiveOnHost = receiveOnHost;
        }
    }

    /** A host's only interface beside the loopback. */
    public static final String INTERFACE = "wire0";

    private static final String ROUTER = "router";
    private static final Pattern FILTER_DROPS = Pattern.compile("counter packets (\\d+)");
    private static final Pattern QUEUE_DROPS = Pattern.compile("qdisc tbf .*\\n.*\\(dropped (\\d+)");

    private final String prefix = "btest" + ProcessHandle.current().pid() + "-";

    /** @throws IOException if the machine has no namespaces, or this is not root */
    public NetworkLab() throws IOException {
        try {
            run("ip", "netns", "add", prefix + ROUTER);
            onRouter("sysctl", "-qw", "net.ipv4.ip_forward=1");
            for (Host host : Host.values()) {
                run("ip", "netns", "add", prefix + host.word());
                run(
                        "ip",
                        "link",
                        "add",
                        "name",
                        INTERFACE,
                        "netns",
                        prefix + host.word(),
                        "type",
                        "veth",
                        "peer",
                        "name",
                        host.word(),
                        "netns",
                        prefix + ROUTER);
                onRouter("ip", "addr", "add", host.gateway + "/24", "dev", host.word());
                onRouter("ip", "link", "set", host.word(), "up");
                on(host, "ip", "addr", "add", host.address + "/24", "dev", INTERFACE);
                on(host, "ip", "link", "set", INTERFACE, "up");
                on(host, "ip", "link", "set", "lo", "up");
                on(host, "ip", "route", "add", "default", "via", host.gateway);
            }
            offload(Offload.NONE);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** @return whether this machine lets us build the two hosts */
    public static boolean works() {
        try (NetworkLab lab = new NetworkLab()) {
            lab.limit(100);
            lab.dropUdp(1);
            return true;
        } catch (IOException e) {
            System.out.println("no network namespaces here: " + e.getMessage());
            return false;
        }
    }

    /** Segmentation of UDP has a switch of its own: with {@code gso off} alone, batches of UDP still pass as one. */
    public void offload(Offload offload) throws IOException {
        for (Host host : Host.values()) {
            on(host, ethtool(INTERFACE, offload.segmentation, offload.receiveOnHost));
            onRouter(ethtool(host.word(), offload.segmentation, offload.receiveOnRouter));
        }
    }

    private static String[] ethtool(String networkInterface, String segmentation, String receive) {
        return new String[] {
            "ethtool",
            "-K",
            networkInterface,
            "gso",
            segmentation,
            "tso",
            segmentation,
            "tx-udp-segmentation",
            segmentation,
            "gro",
            receive
        };
    }

    /** Makes the router a bottleneck, the same in both directions, with a queue of 20 ms. */
    public void limit(int megabits) throws IOException {
        limit(megabits, 20);
    }

    /**
     * Makes the router a bottleneck, the same in both directions.
     *
     * @param queueMillis how long the queue is
     */
    public void limit(int megabits, int queueMillis) throws IOException {
        for (Host host : Host.values()) {
            onRouter(
                    "tc",
                    "qdisc",
                    "replace",
                    "dev",
                    host.word(),
                    "root",
                    "tbf",
                    "rate",
                    megabits + "mbit",
                    "burst",
                    burstBytes(megabits) + "",
                    "latency",
                    queueMillis + "ms");
        }
    }

    /** {@return what the bottleneck lets pass at once} A full queue is longer by the time that this takes. */
    public static int burstBytes(int megabits) {
        return Math.max(16_000, megabits * 250);
    }

    /** Has both hosts drop that share of the UDP datagrams that come in, and count them. */
    public void dropUdp(int percent) throws IOException {
        for (Host host : Host.values()) {
            on(host, "nft", "flush", "ruleset");
            if (percent > 0) {
                on(
                        host,
                        "nft",
                        "add table inet lab; add chain inet lab in { type filter hook input priority 0; }; "
                                + "add rule inet lab in iifname != lo meta l4proto udp numgen random mod 100 < "
                                + percent
                                + " counter drop");
            }
        }
    }

    /** @return UDP datagrams on their way to a host that its filter has dropped since {@link #dropUdp} */
    public long dropped(Host host) throws IOException {
        return number(FILTER_DROPS, on(host, "nft", "list", "ruleset"));
    }

    /** @return packets on their way to a host that the router's queue has dropped since the lab was built */
    public long droppedInQueue(Host host) throws IOException {
        return number(QUEUE_DROPS, onRouter("tc", "-s", "qdisc", "show", "dev", host.word()));
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** @return an engine that runs on that host; see {@link EngineMain} for the options */
    public EngineProcess engineOn(Host host, List<String> options) throws IOException {
        return EngineProcess.start(command -> commandOn(host, command), options);
    }

    /** @return a command line that runs on that host */
    public List<String> commandOn(Host host, List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", prefix + host.word()));
        all.addAll(command);
        return all;
    }

    private String onRouter(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", prefix + ROUTER));
        all.addAll(List.of(command));
        return run(all.toArray(String[]::new));
    }

    private String on(Host host, String... command) throws IOException {
        return run(commandOn(host, List.of(command)).toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.trim());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }

    /** Removes the hosts and the router, and with them their links. */
    @Override
    public void close() {
        for (String namespace : List.of(Host.LEFT.word(), Host.RIGHT.word(), ROUTER)) {
            try {
                run("ip", "netns", "del", prefix + namespace);
            } catch (IOException e) {
                if (!e.getMessage().contains("No such file")) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
