package sparktest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// Options says what kind of server is wanted.
type Options struct {
	// Workers is how many workers run the tasks, each a process with an executor of one
	// core, below a master. 0: none, and the server does as Master says.
	Workers int

	// Master is Spark's own word for where tasks run. Empty: in two executors that the
	// server starts by itself, which is quicker than workers. local[1]: within the server.
	Master string

	Token string   // that the server asks for; empty: none
	Conf  []string // further settings, key=value
}

// Server is a running Spark Connect server.
type Server struct {
	URL string // sc://127.0.0.1:port

	options Options
	home    string
	dir     string // of its files and logs
	port    int
	master  string // its URL for Spark
	connect *process
	cluster []*process // the master and the workers
}

// Memory is kept small: a test has thousands of rows. Spark refuses executors of less
// than 450 MB.
const (
	driverMemory   = "768m"
	executorMemory = "512m"
	daemonMemory   = "128m"
)

// javaOptions start a Java quickly: a server of tests does not live long enough for the
// second compiler to pay.
const javaOptions = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

// startTimeout is how long a server may take until its port is open: about 10 seconds on a
// machine that does nothing else, minutes on one that tests many packages at once.
const startTimeout = 10 * time.Minute

// Available says why no server can be started here; nil: one can.
func Available() error {
	home := os.Getenv("SPARK_HOME")
	if home == "" {
		return errors.New("SPARK_HOME is not set: no Spark here (make test-spark installs one)")
	}
	if found, _ := filepath.Glob(filepath.Join(home, "jars", "spark-connect_*.jar")); len(found) == 0 {
		return fmt.Errorf("SPARK_HOME=%s has no jars/spark-connect_*.jar", home)
	}
	if os.Getenv("JAVA_HOME") == "" {
		if _, err := exec.LookPath("java"); err != nil {
			return errors.New("there is no Java here, and Spark needs 17 (Debian: apt-get install openjdk-17-jre-headless)")
		}
	}
	return nil
}

// Open starts a server and waits until it answers. The caller stops it.
func Open(ctx context.Context, o Options) (*Server, error) {
	if err := Available(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "sparktest")
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, home: os.Getenv("SPARK_HOME"), dir: dir, master: cmp.Or(o.Master, "local-cluster[2,1,512]")}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	if err := s.open(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Server) open(ctx context.Context) error {
	var err error
	if s.port, err = freePort(); err != nil {
		return err
	}
	s.URL = "sc://127.0.0.1:" + strconv.Itoa(s.port)
	if s.options.Workers > 0 {
		if err := s.startCluster(ctx); err != nil {
			return err
		}
	}
	return s.startConnect(ctx)
}

func (s *Server) startConnect(ctx context.Context) error {
	conf := []string{
		"spark.connect.grpc.binding.address=127.0.0.1",
		"spark.connect.grpc.binding.port=" + strconv.Itoa(s.port),
		"spark.driver.host=127.0.0.1",
		"spark.driver.bindAddress=127.0.0.1",
		"spark.ui.enabled=false",
		"spark.executor.cores=1",
		"spark.executor.memory=" + executorMemory,
		"spark.driver.extraJavaOptions=" + javaOptions,
		"spark.executor.extraJavaOptions=" + javaOptions,
		"spark.sql.shuffle.partitions=2",
		"spark.sql.warehouse.dir=" + filepath.Join(s.dir, "warehouse"),
	}
	if s.options.Token != "" {
		conf = append(conf, "spark.connect.authenticate.token="+s.options.Token)
	}
	argv := []string{
		filepath.Join(s.home, "bin", "spark-submit"),
		"--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", s.master,
		"--driver-memory", driverMemory,
	}
	for _, c := range slices.Concat(conf, s.options.Conf) {
		argv = append(argv, "--conf", c)
	}
	argv = append(argv, "spark-internal") // the program is in Spark's own jars
	var err error
	if s.connect, err = start(s.dir, "connect", s.environment(driverMemory), argv...); err != nil {
		return err
	}
	return s.connect.until(ctx, "open port", func() bool { return isOpen(s.port) })
}

// environment is that of each process. Spark's launcher gives a Connect server the memory of
// a daemon, too, whatever --driver-memory says.
func (s *Server) environment(daemonMemory string) []string {
	return []string{
		"SPARK_HOME=" + s.home, "SPARK_LOCAL_IP=127.0.0.1", "SPARK_CONNECT_MODE=0", "SPARK_NO_DAEMONIZE=1",
		"SPARK_DAEMON_MEMORY=" + daemonMemory, "SPARK_DAEMON_JAVA_OPTS=" + javaOptions,
		"SPARK_LOCAL_DIRS=" + filepath.Join(s.dir, "local"), "SPARK_WORKER_DIR=" + s.dir,
	}
}

// Crash kills the server as kill -9 does. Master and workers live on.
func (s *Server) Crash() { s.connect.kill() }

// Restart starts it again after Crash, at the same address.
func (s *Server) Restart(ctx context.Context) error { return s.startConnect(ctx) }

// Stop ends the server and removes its files. Nothing of it is of use to anybody, so that it
// is not asked first, which takes seconds.
func (s *Server) Stop() {
	if s.connect != nil {
		s.connect.kill()
	}
	for _, p := range slices.Backward(s.cluster) {
		p.kill()
	}
	_ = os.RemoveAll(s.dir)
}

// freePort gives a port that nobody listens at just now.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func isOpen(port int) bool {
	c, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), time.Second)
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}
