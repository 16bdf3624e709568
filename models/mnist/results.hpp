#pragma once

#include <xgrad/models/mnist/options.hpp>
#include <xgrad/models/training/evaluation.hpp>
#include <xgrad/models/training/history.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace mnist {

/// What came of a run.
struct Results {
  bool is_real;  ///< trained on MNIST, not on synthetic digits
  xgrad::History history;
  xgrad::Evaluation test;
  std::string weights_sha256;
};

/// The SHA-256 of the bytes of all weights in order, as hexadecimal digits.
std::string weights_sha256(const std::vector<xgrad::Tensor>& weights);

/// The last line of the program.
std::string last_line(const Results& results);

/// Writes the results as JSON, with the most memory the process has held so far. The file appears whole or not at all.
void write_json(const std::filesystem::path& path, const Results& results, const Options& options);

}  // namespace mnist
