#!/usr/bin/perl
# A hook tool: asks the unit's agent and gives back what it answers. Which tool it is, it is told by the name that it was called by.
# It loads no module: that would take longer than everything else.
my ($name) = $0 =~ m{([^/]+)\z};
my $address = $ENV{JUJU_AGENT_SOCKET_ADDRESS};
my $context = $ENV{JUJU_CONTEXT_ID};
fail("no agent to ask: JUJU_CONTEXT_ID and JUJU_AGENT_SOCKET_ADDRESS are not set") unless $address && $context;
binmode $_ for *STDIN, *STDOUT, *STDERR;

my $folder = readlink("/proc/self/cwd") || "/";
socket(my $agent, 1, 1, 0) or fail("no socket: $!");
# A socket's path may have 107 bytes; a longer one is reached from its folder.
if (length($address) > 107) { $address =~ s{\A(.*)/}{}s; chdir($1) or fail("no agent to ask: $!") }
connect($agent, pack("S a108", 1, $address)) or fail("the agent does not answer: $!");

say_to(join("\0", $context, $folder, $name, @ARGV));
while (1) {
    my ($kind, $length) = unpack("a N", hear(5));
    my $text = hear($length);
    if    ($kind eq "o") { print STDOUT $text }
    elsif ($kind eq "e") { print STDERR $text }
    elsif ($kind eq "i") { my $input = ""; 1 while length($input) < $text && read(STDIN, $input, 65536, length $input); say_to($input) }
    elsif ($kind eq "x") { close(STDOUT) or exit 1; exit $text }
}

sub say_to {
    my $rest = pack("N", length $_[0]) . $_[0];
    while (length $rest) {
        my $sent = syswrite($agent, $rest) or fail("the agent went away");
        substr($rest, 0, $sent) = "";
    }
}

sub hear {
    my ($wanted, $heard) = ($_[0], "");
    while (length($heard) < $wanted) {
        sysread($agent, $heard, $wanted - length($heard), length $heard) or fail("the agent went away");
    }
    return $heard;
}

sub fail { print STDERR "ERROR $_[0]\n"; exit 1 }
