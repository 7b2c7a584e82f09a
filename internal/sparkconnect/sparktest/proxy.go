package sparktest

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/concurrent"
)

// Proxy stands before a server and passes bytes on.
type Proxy struct {
	URL     string
	RootCAs *x509.CertPool // that a client believes, where the proxy speaks TLS

	to       string // host:port
	listener net.Listener
	serving  concurrent.Group

	mu   sync.Mutex
	open []net.Conn
}

// NewProxy starts a proxy before the server of a URL; it ends with the test. With TLS, as
// in production, it has a certificate that only its RootCAs vouch for.
func NewProxy(t testing.TB, url string, withTLS bool) *Proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &Proxy{to: strings.TrimPrefix(url, "sc://"), listener: listener}
	p.URL = "sc://127.0.0.1:" + strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	if withTLS {
		p.speakTLS()
	}
	p.serving.Go(p.serve)
	t.Cleanup(func() {
		p.Close()
		p.serving.Wait()
	})
	return p
}

// Close ends all connections, and no new ones are taken.
func (p *Proxy) Close() {
	_ = p.listener.Close()
	p.Cut()
}

// speakTLS takes the certificate for 127.0.0.1 that Go has for tests.
func (p *Proxy) speakTLS() {
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	p.RootCAs = x509.NewCertPool()
	p.RootCAs.AddCert(s.Certificate())
	p.listener = tls.NewListener(p.listener, &tls.Config{
		Certificates: s.TLS.Certificates, NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS12,
	})
	p.URL += "/;use_ssl=true"
}

// Cut ends all connections. New ones are taken.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.open {
		_ = c.Close()
	}
	p.open = nil
}

func (p *Proxy) serve() {
	for {
		from, err := p.listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", p.to)
		if err != nil {
			_ = from.Close()
			continue
		}
		p.mu.Lock()
		p.open = append(p.open, from, to)
		p.mu.Unlock()
		p.pass(from, to)
		p.pass(to, from)
	}
}

// pass copies until either end is closed, and then closes both.
func (p *Proxy) pass(from, to net.Conn) {
	p.serving.Go(func() {
		_, _ = io.Copy(to, from)
		_ = from.Close()
		_ = to.Close()
	})
}
