package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ErrNotSelect is the error of a statement that is no query.
var ErrNotSelect = errors.New("is not a SELECT")

// Parsed is a part of a parsed statement, as the engine's JSON has it.
type Parsed = map[string]any

// ParseSelects takes queries apart with the engine's parser, without running them. The
// error is ErrNotSelect, or an [SQLError] for what the parser cannot read.
func ParseSelects(ctx context.Context, e Engine, sql string) ([]Parsed, error) {
	rows, err := Text(ctx, e, "SELECT json_serialize_sql(CAST($1 AS VARCHAR))", sql)
	if err != nil {
		return nil, err
	}
	var parsed struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Statements []struct {
			Node Parsed `json:"node"`
		} `json:"statements"`
	}
	if err := json.Unmarshal([]byte(rows[0][0]), &parsed); err != nil {
		return nil, fmt.Errorf("what the engine parsed cannot be read: %w", err)
	}
	switch {
	case parsed.Error && strings.HasPrefix(parsed.Message, "Only SELECT"):
		return nil, ErrNotSelect
	case parsed.Error:
		line, _, _ := strings.Cut(parsed.Message, "\n")
		return nil, &SQLError{Message: strings.TrimSpace(line)}
	}
	nodes := make([]Parsed, len(parsed.Statements))
	for i, s := range parsed.Statements {
		nodes[i] = s.Node
	}
	return nodes, nil
}
