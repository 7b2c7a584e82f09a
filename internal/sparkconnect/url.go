package sparkconnect

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
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
		return Target{}, errors.New("a Spark Connect URL begins with sc://, such as sc://host:15002")
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
		return Target{}, errors.New("a Spark Connect URL has no path: after host:port/ come parameters such as ;use_ssl=true")
	}
	for parameter := range strings.SplitSeq(parameters, ";") {
		if err := t.set(parameter); err != nil {
			return Target{}, err
		}
	}
	return t, nil
}

func parseAddress(address string) (Target, error) {
	if strings.ContainsAny(address, ";=@?#") {
		return Target{}, errors.New("a Spark Connect URL has its parameters after a slash: sc://host:15002/;use_ssl=true")
	}
	u := url.URL{Host: address}
	t := Target{Host: u.Hostname(), Port: defaultPort}
	if t.Host == "" {
		return Target{}, errors.New("a Spark Connect URL names a host: sc://host:15002")
	}
	if u.Port() == "" {
		if strings.HasSuffix(address, ":") || strings.Count(t.Host, ":") == 1 {
			return Target{}, fmt.Errorf("%q has no port of 1 to 65535 after its colon", address)
		}
		return t, nil
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil || port == 0 {
		return Target{}, fmt.Errorf("port %s is not one of 1 to 65535", u.Port())
	}
	t.Port = int(port)
	return t, nil
}

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
			return errors.New("parameter use_ssl is true or false")
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
