package sparktest

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// startCluster starts a master and the workers, and waits until all have met.
func (s *Server) startCluster(ctx context.Context) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	class := filepath.Join(s.home, "bin", "spark-class")
	s.master = "spark://127.0.0.1:" + strconv.Itoa(port)
	master, err := start(s.dir, "master", s.environment(daemonMemory), class,
		"org.apache.spark.deploy.master.Master", "-h", "127.0.0.1", "-p", strconv.Itoa(port), "--webui-port", "0")
	if err != nil {
		return err
	}
	s.cluster = append(s.cluster, master)
	if err := master.until(ctx, "open port", func() bool { return isOpen(port) }); err != nil {
		return err
	}
	for i := range s.options.Workers {
		worker, err := start(s.dir, "worker"+strconv.Itoa(i+1), s.environment(daemonMemory), class,
			"org.apache.spark.deploy.worker.Worker", "-h", "127.0.0.1", "--webui-port", "0", "-c", "1", "-m", executorMemory, s.master)
		if err != nil {
			return err
		}
		s.cluster = append(s.cluster, worker)
	}
	return master.until(ctx, "workers", func() bool {
		log, _ := os.ReadFile(master.log)
		return strings.Count(string(log), "Registering worker") == s.options.Workers
	})
}

// KillWorker kills a worker and its executor as kill -9 does. The first is number 1.
func (s *Server) KillWorker(number int) { s.cluster[number].kill() }
