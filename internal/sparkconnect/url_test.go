package sparkconnect_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/sparkconnect"
)

func TestParseURL(t *testing.T) {
	for _, c := range []struct {
		text string
		want sparkconnect.Target
	}{
		{"sc://spark.example", sparkconnect.Target{Host: "spark.example", Port: 15002}},
		{"sc://spark.example/", sparkconnect.Target{Host: "spark.example", Port: 15002}},
		{"sc://spark.example:443/;use_ssl=true", sparkconnect.Target{Host: "spark.example", Port: 443, UseSSL: true}},
		{"sc://[::1]:7/;use_ssl=FALSE", sparkconnect.Target{Host: "::1", Port: 7}},
		{"sc://[fe80::1%eth0]", sparkconnect.Target{Host: "fe80::1%eth0", Port: 15002}},
		{"sc://[::1]", sparkconnect.Target{Host: "::1", Port: 15002}},
		{"sc://h/;token=a%3Bb%3D;user_id=ann", sparkconnect.Target{Host: "h", Port: 15002, Token: "a;b=", UserID: "ann"}},
		{
			"sc://h/;session_id=11111111-2222-4333-8444-555555555555;x-cluster=seven;user_agent=other",
			sparkconnect.Target{Host: "h", Port: 15002, SessionID: "11111111-2222-4333-8444-555555555555", Headers: map[string]string{"x-cluster": "seven"}},
		},
	} {
		got, err := sparkconnect.ParseURL(c.text)
		require.NoError(t, err, c.text)
		require.Equal(t, c.want, got, c.text)
	}
}

func TestParseURLRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"spark://h:7077", "a Spark Connect URL begins with sc://, such as sc://host:15002, and this one with spark://"},
		{"http://secret@h", "a Spark Connect URL begins with sc://, such as sc://host:15002, and this one with http://"},
		{"secret", "a Spark Connect URL begins with sc://, such as sc://host:15002, and this one with something else"},
		{"", "a Spark Connect URL begins with sc://, such as sc://host:15002, and this one with something else"},
		{"sc://", "a Spark Connect URL names a host, and this one does not; want one such as sc://host:15002"},
		{"sc://:15002", "a Spark Connect URL names a host, and this one does not; want one such as sc://host:15002"},
		{"sc://u:secret@h", "a Spark Connect URL names no user and no password before its host; want sc://host:15002/;user_id=NAME, and the token in the environment"},
		{"sc://h:0", "port 0 is not one of 1 to 65535; want one such as sc://host:15002"},
		{"sc://h:70000", "port 70000 is not one of 1 to 65535; want one such as sc://host:15002"},
		{"sc://h:", "a Spark Connect URL has a number of 1 to 65535 after its colon, and this one has not; want one such as sc://host:15002"},
		{"sc://h:secret", "a Spark Connect URL has a number of 1 to 65535 after its colon, and this one has not; want one such as sc://host:15002"},
		{"sc://h:1:2", "a Spark Connect URL has one colon between host and port, and this one has more; want sc://host:15002, or an IPv6 address in brackets: sc://[::1]:15002"},
		{"sc://::1", "a Spark Connect URL has one colon between host and port, and this one has more; want sc://host:15002, or an IPv6 address in brackets: sc://[::1]:15002"},
		{"sc://[::1", "a Spark Connect URL has an IP address in brackets that is none; want one such as sc://[::1]:15002"},
		{"sc://[h]:7", "a Spark Connect URL has an IP address in brackets that is none; want one such as sc://[::1]:15002"},
		{"sc://[::1]7", "a Spark Connect URL has an IP address in brackets that is none; want one such as sc://[::1]:15002"},
		{"sc://a b", "the host of a Spark Connect URL has letters, digits, dots, - and _, and this one has other characters; want one such as sc://host:15002"},
		{"sc://h:15002;token=secret", "a Spark Connect URL has its parameters after a slash: sc://host:15002/;use_ssl=true"},
		{"sc://h/path;token=secret", "a Spark Connect URL has no path, and this one has; after host:port/ come parameters such as ;use_ssl=true"},
		{"sc://h/;secret", "a parameter of a Spark Connect URL is key=value, and one is not"},
		{"sc://h/;token=%zzsecret", "parameter token has a % that two hexadecimal digits do not follow"},
		{"sc://h/;use_ssl=secret", "parameter use_ssl is true or false, and this one is neither; want ;use_ssl=true"},
	} {
		_, err := sparkconnect.ParseURL(c.text)
		require.EqualError(t, err, c.want, c.text)
	}
}

// FuzzParseURL: nothing of a parameter's value is in an error, or in the text of a target.
func FuzzParseURL(f *testing.F) {
	f.Add("token", "")
	f.Add("use_ssl", "%zz")
	f.Add("", ";token=")
	f.Fuzz(func(t *testing.T, key, more string) {
		const secret = "hunter2"
		if strings.Contains(key, secret) {
			t.Skip("the key is no secret")
		}
		target, err := sparkconnect.ParseURL("sc://h/;" + key + "=" + secret + more)
		if err != nil {
			require.NotContains(t, err.Error(), secret)
			return
		}
		require.NotContains(t, target.String(), secret)
	})
}
