package sparkconnect

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// defaultPort is where a Spark Connect server listens unless it is told otherwise.
const defaultPort = 15002

// Target says where a server is and how it is reached.
type Target struct {
	Host string
	Port int

	// UseSSL encrypts the connection. A token is never sent without it, except to a server
	// on this machine.
	UseSSL bool
	Token  string // that the server knows us by; empty: none

	RootCAs *x509.CertPool // whose certificates are believed; nil: those of the system

	UserID    string            // whom the server's log names; empty: the program
	SessionID string            // a UUID; empty: a new one
	Headers   map[string]string // sent with each request, for proxies
}

// ParseURL reads a connection string as PySpark documents it:
//
//	sc://host:port/;use_ssl=true;token=...;user_id=...;session_id=...
//
// Port and parameters may be left out. Any other parameter becomes a header. Its errors
// quote no value of a parameter, as that may be a token.
//
// Source: https://github.com/apache/spark/blob/v4.1.2/sql/connect/docs/client-connection-string.md
func ParseURL(text string) (Target, error) {
	rest, ok := strings.CutPrefix(text, "sc://")
	if !ok {
		return Target{}, fmt.Errorf("a Spark Connect URL begins with sc://, such as sc://host:15002, and this one with %s", beginning(text))
	}
	address, parameters, _ := strings.Cut(rest, "/")
	t, err := parseAddress(address)
	if err != nil {
		return Target{}, err
	}
	if parameters == "" {
		return t, nil
	}
	parameters, ok = strings.CutPrefix(parameters, ";")
	if !ok {
		return Target{}, errors.New("a Spark Connect URL has no path, and this one has; after host:port/ come parameters such as ;use_ssl=true")
	}
	for parameter := range strings.SplitSeq(parameters, ";") {
		if err := t.set(parameter); err != nil {
			return Target{}, err
		}
	}
	return t, nil
}

// isIPv6 tells whether a text is an IPv6 address, perhaps with the zone of a link: fe80::1%eth0.
func isIPv6(text string) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.Is6()
}

// splitAddress takes a host from its port. An IPv6 address stands in brackets.
func splitAddress(address string) (host, port string, hasPort bool, err error) {
	if strings.HasPrefix(address, "[") {
		inside, after, closed := strings.Cut(address[1:], "]")
		if port, hasPort = strings.CutPrefix(after, ":"); !closed || !isIPv6(inside) || after != "" && !hasPort {
			return "", "", false, errors.New("a Spark Connect URL has an IP address in brackets that is none; want one such as sc://[::1]:15002")
		}
		return inside, port, hasPort, nil
	}
	host, port, hasPort = strings.Cut(address, ":")
	switch {
	case strings.Contains(port, ":"):
		return "", "", false, errors.New("a Spark Connect URL has one colon between host and port, and this one has more; want sc://host:15002, or an IPv6 address in brackets: sc://[::1]:15002")
	case host != "" && !hostName.MatchString(host):
		return "", "", false, errors.New("the host of a Spark Connect URL has letters, digits, dots, - and _, and this one has other characters; want one such as sc://host:15002")
	}
	return host, port, hasPort, nil
}

func parseAddress(address string) (Target, error) {
	switch {
	case strings.Contains(address, "@"):
		return Target{}, errors.New("a Spark Connect URL names no user and no password before its host; want sc://host:15002/;user_id=NAME, and the token in the environment")
	case strings.ContainsAny(address, ";=?#"):
		return Target{}, errors.New("a Spark Connect URL has its parameters after a slash: sc://host:15002/;use_ssl=true")
	}
	host, port, hasPort, err := splitAddress(address)
	if err != nil {
		return Target{}, err
	}
	t := Target{Host: host, Port: defaultPort}
	if host == "" {
		return Target{}, errors.New("a Spark Connect URL names a host, and this one does not; want one such as sc://host:15002")
	}
	if !hasPort {
		return t, nil
	}
	number, err := strconv.ParseUint(port, 10, 16)
	switch {
	case (err != nil || number == 0) && digits.MatchString(port):
		return Target{}, fmt.Errorf("port %s is not one of 1 to 65535; want one such as sc://host:15002", port)
	case err != nil: // it is not quoted: it may be a password
		return Target{}, errors.New("a Spark Connect URL has a number of 1 to 65535 after its colon, and this one has not; want one such as sc://host:15002")
	}
	t.Port = int(number)
	return t, nil
}

var (
	hostName = regexp.MustCompile(`^[\pL\pN._-]+$`)
	digits   = regexp.MustCompile(`^[0-9]+$`)
)

// beginning is what a URL begins with in the place of sc://, and nothing that may be a secret.
func beginning(text string) string {
	if scheme := otherScheme.FindString(text); scheme != "" {
		return scheme
	}
	return "something else"
}

var otherScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)

// set takes one parameter.
func (t *Target) set(parameter string) error {
	key, escaped, ok := strings.Cut(parameter, "=")
	if !ok || key == "" {
		return errors.New("a parameter of a Spark Connect URL is key=value, and one is not")
	}
	value, err := url.PathUnescape(escaped)
	if err != nil {
		return fmt.Errorf("parameter %s has a %% that two hexadecimal digits do not follow", key)
	}
	switch key {
	case "use_ssl":
		if t.UseSSL, err = strconv.ParseBool(strings.ToLower(value)); err != nil {
			return errors.New("parameter use_ssl is true or false, and this one is neither; want ;use_ssl=true")
		}
	case "token":
		t.Token = value
	case "user_id":
		t.UserID = value
	case "user_agent": // the program says who it is
	case "session_id":
		t.SessionID = value
	default:
		if t.Headers == nil {
			t.Headers = map[string]string{}
		}
		t.Headers[key] = value
	}
	return nil
}

// Address is host:port.
func (t Target) Address() string { return net.JoinHostPort(t.Host, strconv.Itoa(t.Port)) }

// String is for messages: it leaves out everything that may be a secret.
func (t Target) String() string { return "sc://" + t.Address() }

// encrypted says whether the connection is, given that a token asks for it.
func (t Target) encrypted() bool { return t.UseSSL || t.Token != "" && !t.isLocal() }

// isLocal says whether the server is on this machine for certain.
func (t Target) isLocal() bool {
	ip := net.ParseIP(t.Host)
	return t.Host == "localhost" || ip != nil && ip.IsLoopback()
}
