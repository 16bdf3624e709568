#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace xgrad {

class Recording;

/// Records, while it lives, every kernel that compiled functions run: what, on which thread, from when to when. While
/// none lives, functions run as if there were no such thing.
class Profiler {
 public:
  /// Throws StateError when another one is recording. Not to be called while a function runs.
  Profiler();
  ~Profiler();
  Profiler(const Profiler&) = delete;
  Profiler& operator=(const Profiler&) = delete;

  /// All runs of one kernel on blocks of one shape.
  struct Kernel {
    std::string name;        ///< the operator, or the operators that run as one: "add relu"
    std::string shape;       ///< of its block and operands: "(64, 784) (784, 512) -> (64, 512)"
    std::int64_t calls = 0;  ///< on all threads
    double seconds = 0;      ///< of all calls
    double operations = 0;   ///< of floating-point numbers, in all calls
  };

  /// What ran so far, the most expensive first.
  std::vector<Kernel> kernels() const;

  /// The `count` most expensive kernels as a table.
  std::string table(std::size_t count = 10) const;

  /// Writes all runs, up to a million, in Chrome's trace event format: open it in chrome://tracing or
  /// https://ui.perfetto.dev. Throws FileError when the file cannot be written.
  void write_trace(const std::filesystem::path& file) const;

 private:
  std::unique_ptr<Recording> recording_;
};

}  // namespace xgrad
