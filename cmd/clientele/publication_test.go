package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// checkWhole reads a publication as a program that relies on it would: it was
// finished, and every file in its manifest is there as the manifest describes
// it.
func checkWhole(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "_SUCCESS")); err != nil {
		return fmt.Errorf("not finished: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "run.json"))
	if err != nil {
		return err
	}
	var manifest struct {
		Files []struct {
			Path   string `json:"path"`
			Bytes  int    `json:"bytes"`
			SHA256 string `json:"sha256"`
		} `json:"files"`
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return fmt.Errorf("%s/run.json: %w", dir, err)
	}
	if len(manifest.Files) == 0 {
		return fmt.Errorf("%s/run.json lists no files", dir)
	}
	for _, f := range manifest.Files {
		content, err := os.ReadFile(filepath.Join(dir, f.Path))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		if len(content) != f.Bytes || hex.EncodeToString(sum[:]) != f.SHA256 {
			return fmt.Errorf("%s/%s is not what run.json describes: %d bytes, want %d", dir, f.Path, len(content), f.Bytes)
		}
	}
	return nil
}
