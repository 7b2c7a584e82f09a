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
		{"spark://h:7077", "a Spark Connect URL begins with sc://, such as sc://host:15002"},
		{"sc://", "a Spark Connect URL names a host: sc://host:15002"},
		{"sc://:15002", "a Spark Connect URL names a host: sc://host:15002"},
		{"sc://h:0", "port 0 is not one of 1 to 65535"},
		{"sc://h:70000", "port 70000 is not one of 1 to 65535"},
		{"sc://h:", `"h:" has no port of 1 to 65535 after its colon`},
		{"sc://h:port", `"h:port" has no port of 1 to 65535 after its colon`},
		{"sc://h:15002;token=secret", "a Spark Connect URL has its parameters after a slash: sc://host:15002/;use_ssl=true"},
		{"sc://h/path;token=secret", "a Spark Connect URL has no path: after host:port/ come parameters such as ;use_ssl=true"},
		{"sc://h/;secret", "a parameter of a Spark Connect URL is key=value, and one is not"},
		{"sc://h/;token=%zzsecret", "parameter token has a % that two hexadecimal digits do not follow"},
		{"sc://h/;use_ssl=secret", "parameter use_ssl is true or false"},
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
