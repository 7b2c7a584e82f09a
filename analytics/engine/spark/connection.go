package spark

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/sparkconnect"
)

// TokenVariables are where the environment has the token that a server asks for, the first
// that is set. The second is PySpark's. A job file holds no secrets.
var TokenVariables = []string{"CLIENTELE_SPARK_TOKEN", "SPARK_CONNECT_AUTHENTICATE_TOKEN"}

// Target reads the URL of the job file.
func Target(url string) (sparkconnect.Target, error) {
	t, err := sparkconnect.ParseURL(url)
	if err != nil {
		return t, err
	}
	if t.Token != "" {
		return sparkconnect.Target{}, fmt.Errorf("the URL holds a token; leave it out and set %s in the environment", TokenVariables[0])
	}
	for _, name := range TokenVariables {
		if t.Token = os.Getenv(name); t.Token != "" {
			break
		}
	}
	return t, nil
}

// reopenings are how often one statement may lose the server before that is the error.
const reopenings = 3

// Connection is a session that outlives its server. What a session holds is made by
// statements that can be said again: settings and views. Where the server was started again,
// another session is opened and they are.
type Connection struct {
	open    func(context.Context) (Session, error)
	session Session
	said    []statement // what makes the session what it is
}

type statement struct {
	sql  string
	args []any
}

// Connect opens a connection. Its statements carry the tags of o.
func Connect(ctx context.Context, t sparkconnect.Target, o sparkconnect.Options) (*Connection, error) {
	return connect(ctx, func(ctx context.Context) (Session, error) {
		s, err := sparkconnect.Open(ctx, t, o)
		if err != nil {
			return nil, err
		}
		return s, nil
	})
}

func connect(ctx context.Context, open func(context.Context) (Session, error)) (*Connection, error) {
	session, err := open(ctx)
	if errors.Is(err, sparkconnect.ErrRefused) {
		return nil, fmt.Errorf("%w; set %s in the environment", err, strings.Join(TokenVariables, " or "))
	}
	if err != nil {
		return nil, err
	}
	return &Connection{open: open, session: session}, nil
}

// Exec implements Session, for statements that make a setting or a view.
func (c *Connection) Exec(ctx context.Context, sql string, args ...any) error {
	err := c.again(ctx, func() error { return c.session.Exec(ctx, sql, args...) })
	if err == nil {
		c.said = append(c.said, statement{sql, args})
	}
	return err
}

// Rows implements Session.
func (c *Connection) Rows(ctx context.Context, sql string, args ...any) (rows array.RecordReader, err error) {
	err = c.again(ctx, func() error {
		rows, err = c.session.Rows(ctx, sql, args...)
		return err
	})
	return rows, err
}

// again does what may be done twice, until the server lives through it.
func (c *Connection) again(ctx context.Context, do func() error) error {
	err := do()
	for n := 0; errors.Is(err, sparkconnect.ErrSessionLost) && n < reopenings; n++ {
		if err = c.reopen(ctx); err == nil {
			err = do()
		}
	}
	return ofStatement(err)
}

// Forget makes a session that is opened in place of this one begin anew. What was staged is
// gone, and no view of it can be made again.
func (c *Connection) Forget() { c.said = nil }

// reopen opens another session and says everything again.
func (c *Connection) reopen(ctx context.Context) error {
	_ = c.session.Close() // its server has forgotten it
	session, err := c.open(ctx)
	if err != nil {
		return err
	}
	c.session = session
	for _, s := range c.said {
		if err := session.Exec(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// digest stands for all that a further statement may depend on.
func (c *Connection) digest(more ...string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", c.Version())
	for _, s := range c.said {
		fmt.Fprintf(h, "%q %#v\n", s.sql, s.args)
	}
	for _, m := range more {
		fmt.Fprintf(h, "%q\n", m)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Version implements Session.
func (c *Connection) Version() string { return c.session.Version() }

// Close implements Session.
func (c *Connection) Close() error { return c.session.Close() }

// ofStatement makes of what the server says of a statement or of a value what other engines
// say of theirs.
func ofStatement(err error) error {
	e, ok := errors.AsType[*sparkconnect.Error](err)
	if !ok || !e.OfStatement() && !e.OfData() {
		return err
	}
	said := &engine.SQLError{Message: "[" + e.Condition + "] " + e.Message, OfData: e.OfData()}
	if said.OfData { // it quotes a cell
		return engine.WithoutValues(said)
	}
	return said
}
