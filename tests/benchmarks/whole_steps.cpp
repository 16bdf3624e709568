// Whole training steps, gradients and overheads beside what else could do the same work: see compare.sh.

#include <CLI/CLI.hpp>

#include "suite.hpp"
#include <exception>
#include <iostream>
#include <iterator>

int main(int argc, char** argv) {
  using namespace xgrad::benchmark;
  SuiteOptions options;
  CLI::App app("Compares xgrad with a loop written by hand, bare matrix products and libtorch, round by round.");
  app.add_option("--rounds", options.rounds, "Rounds that count, after one that warms up")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--threads", options.threads, "Numbers of threads, as in 1,2")->delimiter(',')->capture_default_str();
  app.add_option("--only", options.only, "Regular expression that the names of workloads must match");
  app.add_option("--json", options.json, "File for all times and quotients");
  app.add_option("--kernels", options.kernels, "Instead of comparing, so many of the most expensive kernels of xgrad");
  app.add_flag("--quick", options.quick, "Tiny sizes and one round: shows that everything runs, measures nothing");
  CLI11_PARSE(app, argc, argv);
  if (options.quick) options.rounds = 1;

  try {
    std::vector<Workload> workloads;
    std::ranges::move(mlp_workloads(options), std::back_inserter(workloads));
    for (auto* model : {convnet_workload, lstm_workload, transformer_workload, residual_block_workload}) {
      workloads.push_back(model(options));
    }
    for (auto* group : {elementwise_workloads, overhead_workloads, gradient_workloads}) {
      std::ranges::move(group(options), std::back_inserter(workloads));
    }
    workloads.push_back(concurrent_calls_workload(options));
    run_suite(workloads, options);
  } catch (const std::exception& error) {
    std::cerr << "whole_steps: " << error.what() << '\n';
    return 1;
  }
}
