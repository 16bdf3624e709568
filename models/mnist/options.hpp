#pragma once

#include <xgrad/models/optimizers/optimizer.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mnist {

/// What the command line asks for.
struct Options {
  std::optional<std::filesystem::path> data;  ///< none: looked for, and made when not found
  int epochs = 5;
  std::int64_t batch_size = 128;
  std::vector<std::int64_t> hidden{32};  ///< units of each hidden layer
  std::string optimizer = "rmsprop";
  std::optional<double> learning_rate;  ///< none: the optimizer's own
  bool normalize = true;                ///< pixels from 0 to 1 instead of 255
  bool validation = true;               ///< on the test set, after each epoch
  std::uint64_t seed = 1;
  int threads = 0;      ///< 0: one for each core
  bool summary = true;  ///< print the table of layers
  std::optional<std::filesystem::path> graph;
  std::optional<std::filesystem::path> json;
  bool quiet = false;
};

/// The options, or the code with which to end the program: 0 after --help, 2 when the command line is not understood.
std::variant<Options, int> parse_options(int argument_count, const char* const* arguments);

/// The optimizer that was asked for.
xgrad::Optimizer make_optimizer(const Options& options);

}  // namespace mnist
