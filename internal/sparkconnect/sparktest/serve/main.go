// Command serve starts a Spark Connect server for tests and ends it afterwards.
//
//	serve [-workers n] [-- command argument...]
//
// With a command, it runs the command with SPARKTEST_URL set to the server's URL, and
// gives back its exit status. Without one, it prints the URL and waits for a signal.
// SPARK_HOME says where Spark is.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"clientele/internal/sparkconnect/sparktest"
)

func main() {
	workers := flag.Int("workers", 0, "workers below a master; 0: the server starts two executors by itself")
	flag.Parse()
	status, err := serve(*workers, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
	}
	os.Exit(status)
}

func serve(workers int, command []string) (status int, err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server, err := sparktest.Open(ctx, sparktest.Options{Workers: workers})
	if err != nil {
		return 1, err
	}
	defer server.Stop()
	if len(command) == 0 {
		fmt.Println(server.URL)
		<-ctx.Done()
		return 0, nil
	}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "SPARKTEST_URL="+server.URL)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return max(1, exit.ExitCode()), nil
		}
		return 1, err
	}
	return 0, nil
}
