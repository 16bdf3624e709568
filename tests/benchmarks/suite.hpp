#pragma once

#include <functional>
#include <string>
#include <vector>

namespace xgrad::benchmark {

/// One of the programs that are compared.
struct System {
  std::string name;
  /// Does the work once and returns what it took, in seconds of the workload's unit.
  std::function<double()> measure;
};

/// Something to be measured on a number of threads. The first system is the one whose time is divided by the others'.
struct Workload {
  std::string name;
  std::string unit;  ///< what one time is the time of: "epoch"
  std::function<std::vector<System>(int threads)> systems;
  bool one_thread_only = false;
  bool compared = true;  ///< false where the quotient of two systems says nothing
  int most_rounds = 1'000'000;
};

/// From the command line.
struct SuiteOptions {
  int rounds = 5;
  std::vector<int> threads{1, 2};
  std::string only;    ///< regular expression that the name of a workload must match
  std::string json;    ///< file to write
  bool quick = false;  ///< tiny sizes, to see that everything still runs
  int kernels = 0;     ///< print so many of the most expensive kernels of the first system instead of comparing
};

/// Measures the workloads one after the other, all systems of a workload taking turns in every round; prints a table of
/// medians and of the medians and ranges of the quotients of each round, and writes all of it as JSON.
void run_suite(const std::vector<Workload>& workloads, const SuiteOptions& options);

/// The seconds that `work` takes.
double seconds(const std::function<void()>& work);

/// The index of the fastest of `candidates`, each tried twice: for systems that have settings.
std::size_t fastest(const std::vector<std::function<double()>>& candidates);

/// Multilayer perceptrons and logistic regression: whole epochs beside a loop by hand, bare products and libtorch.
std::vector<Workload> mlp_workloads(const SuiteOptions& options);

/// gelu, layer normalisation and dropout, forward and backward.
std::vector<Workload> elementwise_workloads(const SuiteOptions& options);

/// Keras' convolutional network for MNIST, with Adam.
Workload convnet_workload(const SuiteOptions& options);

/// Two layers of LSTM over 64 steps of 65 characters, with Adam.
Workload lstm_workload(const SuiteOptions& options);

/// nanoGPT's transformer for processors, with AdamW.
Workload transformer_workload(const SuiteOptions& options);

/// The basic block of a residual network, forward and backward.
Workload residual_block_workload(const SuiteOptions& options);

/// The time until a graph can run, and what each call costs.
std::vector<Workload> overhead_workloads(const SuiteOptions& options);

/// One model that several threads ask at the same time, beside one thread alone: where each has a core of its own, the
/// quotient should be at least 0.9 times their number.
Workload concurrent_calls_workload(const SuiteOptions& options);

/// A value and its gradients beside the value alone.
std::vector<Workload> gradient_workloads(const SuiteOptions& options);

}  // namespace xgrad::benchmark
