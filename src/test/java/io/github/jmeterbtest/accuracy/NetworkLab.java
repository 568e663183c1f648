package io.github.jmeterbtest.accuracy;

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
 * router is the bottleneck, so that the hosts do not feel it before packets are lost, as on a real path.
 */
final class NetworkLab implements AutoCloseable {
    /** One of the two hosts. */
    enum Host {
        LEFT("10.98.1"),
        RIGHT("10.98.2");

        final String address;
        private final String gateway;

        Host(String network) {
            this.address = network + ".2";
            this.gateway = network + ".1";
        }

        /** @return name of the host's namespace, and of the router's interface to it */
        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        Host other() {
            return this == LEFT ? RIGHT : LEFT;
        }
    }

    static final String INTERFACE = "wire0";
    private static final String ROUTER = "router";
    private static final Pattern DROPS = Pattern.compile("counter packets (\\d+)");

    private final String prefix = "btest" + ProcessHandle.current().pid() + "-";

    /** @throws IOException if the machine has no namespaces, or this is not root */
    NetworkLab() throws IOException {
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
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** @return whether this machine lets us build the two hosts */
    static boolean works() {
        try (NetworkLab lab = new NetworkLab()) {
            lab.limit(100);
            lab.dropUdp(1);
            return true;
        } catch (IOException e) {
            System.out.println("no network namespaces here: " + e.getMessage());
            return false;
        }
    }

    /** Makes the router a bottleneck, the same in both directions, with a queue of 20 ms. */
    void limit(int megabits) throws IOException {
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
                    Math.max(16_000, megabits * 250) + "",
                    "latency",
                    "20ms");
        }
    }

    /** Has both hosts drop that share of the UDP datagrams that come in, and count them. */
    void dropUdp(int percent) throws IOException {
        for (Host host : Host.values()) {
            on(host, "nft", "flush", "ruleset");
            if (percent > 0) {
                on(
                        host,
                        "nft",
                        "add table inet lab; add chain inet lab in { type filter hook input priority 0; }; "
                                + "add rule inet lab in meta l4proto udp numgen random mod 100 < " + percent
                                + " counter drop");
            }
        }
    }

    /** @return UDP datagrams that a host has dropped since {@link #dropUdp} */
    long dropped(Host host) throws IOException {
        Matcher matcher = DROPS.matcher(on(host, "nft", "list", "ruleset"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** @return a command line that runs on that host */
    List<String> commandOn(Host host, List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", prefix + host.word()));
        all.addAll(command);
        return all;
    }

    private void onRouter(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", prefix + ROUTER));
        all.addAll(List.of(command));
        run(all.toArray(String[]::new));
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
