package sparkconnect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/google/uuid"
	"google.golang.org/grpc"

	pb "clientele/internal/sparkconnect/connectpb"
)

// Options says how a session behaves.
type Options struct {
	Client string   // who the server's log says runs the statements, such as "shop/1.0"
	Tags   []string // set on every statement, for those who look at the server; no commas

	// Patience is how long in all a fault that passes is waited out before it is the
	// error. 0: two minutes.
	Patience time.Duration

	// StopGrace is how long after the end of a statement's ctx the server may take to say that
	// the work is stopped, with all that ends the session. 0: 15 seconds, as tasks are told at
	// once and answer between two batches of rows.
	StopGrace time.Duration

	Progress func(Progress)                      // told while a statement runs; nil: nobody
	Waiting  func(err error, wait time.Duration) // told before each wait; nil: nobody
}

// Session is a session on the server: temporary views and settings of its own. It runs one
// statement at a time.
type Session struct {
	target  Target
	options Options
	conn    *grpc.ClientConn
	rpc     pb.SparkConnectServiceClient
	id      string
	version string

	mu     sync.Mutex // an interruption comes from beside
	server string     // the server's own id of the session, which changes when it starts again
	end    time.Time  // when all must be over, once a statement was stopped; zero: none was
}

// Open begins a session. It fails where no server can be reached, or where it refuses us.
func Open(ctx context.Context, t Target, o Options) (*Session, error) {
	if o.Client == "" {
		o.Client = "sparkconnect"
	}
	for _, tag := range o.Tags {
		if tag == "" || strings.Contains(tag, ",") {
			return nil, fmt.Errorf("spark: a tag is a text without commas, and not %q", tag)
		}
	}
	s := &Session{target: t, options: o, id: t.SessionID}
	if s.id == "" {
		s.id = uuid.NewString()
	}
	var err error
	if s.conn, err = dial(t, o.Client); err != nil {
		return nil, fmt.Errorf("%s: %w", t, err)
	}
	s.rpc = pb.NewSparkConnectServiceClient(s.conn)
	if s.version, err = s.askVersion(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", t, err), s.conn.Close())
	}
	return s, nil
}

func (s *Session) askVersion(ctx context.Context) (string, error) {
	rows, err := s.Rows(ctx, "SELECT split(version(), ' ')[0]")
	if err != nil {
		return "", err
	}
	defer rows.Release()
	if !rows.Next() || rows.RecordBatch().NumRows() != 1 {
		return "", errors.New("the server does not say its version")
	}
	return rows.RecordBatch().Column(0).ValueStr(0), nil
}

// Version is that of Spark, such as "4.1.2".
func (s *Session) Version() string { return s.version }

// Exec runs a statement that gives no rows, with args bound to :p1, :p2 and so on.
func (s *Session) Exec(ctx context.Context, sql string, args ...any) error {
	relation, err := query(sql, args)
	if err != nil {
		return err
	}
	command := &pb.Command{CommandType: &pb.Command_SqlCommand{SqlCommand: &pb.SqlCommand{Input: relation}}}
	return s.operation(&pb.Plan{OpType: &pb.Plan_Command{Command: command}}, nil).run(ctx)
}

// Rows runs a query and gives its rows, which are held in memory: at most 128 MiB. The
// caller releases the reader.
func (s *Session) Rows(ctx context.Context, sql string, args ...any) (array.RecordReader, error) {
	relation, err := query(sql, args)
	if err != nil {
		return nil, err
	}
	var answer answer
	plan := &pb.Plan{OpType: &pb.Plan_Root{Root: relation}}
	if err := s.operation(plan, answer.take).run(ctx); err != nil {
		return nil, err
	}
	return answer.reader()
}

// Close ends the session on the server, and with it what still runs there.
func (s *Session) Close() error {
	ctx, cancel := s.parting(context.Background())
	defer cancel()
	_, err := s.rpc.ReleaseSession(ctx, &pb.ReleaseSessionRequest{
		SessionId: s.id, UserContext: s.user(), ClientType: &s.options.Client,
	})
	if err != nil { // the server ends it by itself after an hour (spark.connect.session.manager.defaultSessionTimeout)
		err = fmt.Errorf("%s: the session was not ended: %w", s.target, asError(err))
	}
	return errors.Join(err, s.conn.Close())
}

// endTimeout bounds how long the server is waited for that is told that something is over.
const endTimeout = 5 * time.Second

// parting bounds what is said to the server at the end of a statement or of the session. Who
// was told to stop waits for no longer than for the stop itself: after a stop no other statement
// begins.
func (s *Session) parting(ctx context.Context) (context.Context, context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	deadline := time.Now().Add(endTimeout) //nolint:forbidigo // how long to wait, and nothing that is published
	if !s.end.IsZero() && s.end.Before(deadline) {
		deadline = s.end
	}
	return context.WithDeadline(context.WithoutCancel(ctx), deadline)
}

// stopping notes that a statement is being stopped, and gives how long that may take.
func (s *Session) stopping() time.Duration {
	grace := s.options.StopGrace
	if grace == 0 {
		grace = defaultStopGrace
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end = time.Now().Add(grace) //nolint:forbidigo // how long to wait, and nothing that is published
	return grace
}

func (s *Session) user() *pb.UserContext {
	name := s.target.UserID
	if name == "" {
		name = s.options.Client
	}
	return &pb.UserContext{UserId: name, UserName: name}
}

// observed is the server's own id of the session, nil before its first answer. Requests
// carry it, so that a server that was started again says so and does not make a new,
// empty session.
func (s *Session) observed() *string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == "" {
		return nil
	}
	return new(s.server)
}

func (s *Session) observe(server string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == "" {
		s.server = server
	}
}
