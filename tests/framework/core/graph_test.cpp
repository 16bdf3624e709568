#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/autodiff/custom_gradient.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <boost/test/unit_test.hpp>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <unordered_set>
#include <vector>

using namespace xgrad;

namespace {

/// Takes the type of its first input, and counts how many nodes it has that live.
class Counted final : public Op {
 public:
  explicit Counted(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
  ~Counted() override { --alive_; }
  std::string_view name() const override { return "counted"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

 private:
  std::atomic<int>& alive_;
};

/// Runs `work` with a stack of 256 KB, on which a recursion along a long chain would not fit.
void run_on_small_stack(std::function<void()> work) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  BOOST_REQUIRE(pthread_attr_setstacksize(&attributes, 256 * 1024) == 0);
  pthread_t thread;
  const auto start = [](void* argument) -> void* {
    (*static_cast<std::function<void()>*>(argument))();
    return nullptr;
  };
  const int error = pthread_create(&thread, &attributes, start, &work);
  if (!error) pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  BOOST_REQUIRE(error == 0);  // only now: the log of Boost.Test is not for two threads
}

bool is_topological(std::span<const NodeHandle> nodes) {
  std::unordered_set<const Node*> seen;
  for (const auto& node : nodes) {
    for (const auto& input : node->inputs()) {
      if (!seen.contains(&input.node()) || input.node().id() >= node->id()) return false;
    }
    if (!seen.insert(node.get()).second) return false;
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(graphs)

BOOST_AUTO_TEST_CASE(nodes_come_once_and_after_their_inputs) {
  const auto x = input({3});
  const auto y = input({3});
  const auto sum = add(x, y);
  const auto twice = add(sum, sum);
  const std::vector<Tensor> tensors{twice, sum, twice};
  const auto nodes = nodes_below(tensors);
  BOOST_REQUIRE(nodes.size() == 4u);
  BOOST_TEST(nodes[0].get() == &x.node());
  BOOST_TEST(nodes[1].get() == &y.node());
  BOOST_TEST(nodes[2].get() == &sum.node());
  BOOST_TEST(nodes[3].get() == &twice.node());
  BOOST_TEST(nodes_below({}).empty());
}

BOOST_AUTO_TEST_CASE(nodes_not_asked_for_stay_out) {
  const auto x = input({3});
  const auto unused = add(x, x);
  BOOST_TEST(nodes_below(std::span(&x, 1)).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_chain_of_a_million_nodes_needs_no_stack) {
  constexpr int length = 1'000'000;
  std::atomic<int> alive = 0;
  std::size_t below = 0;
  bool topological = false;
  run_on_small_stack([&] {
    const std::shared_ptr<const Op> op = std::make_shared<const Counted>(alive);
    Tensor end = input({});
    for (int node = 0; node < length; ++node) end = apply(op, {end});
    const auto nodes = nodes_below(std::span(&end, 1));
    below = nodes.size();
    topological = is_topological(nodes);
  });
  BOOST_TEST(below == std::size_t{length + 1});
  BOOST_TEST(topological);
  BOOST_TEST(alive == 0);
}

BOOST_AUTO_TEST_CASE(a_chain_dies_with_its_last_handle) {
  std::atomic<int> alive = 0;
  Tensor end = input({});
  for (int node = 0; node < 100; ++node) end = apply(std::make_shared<const Counted>(alive), {end});
  const Tensor middle = end.node().inputs()[0].node().inputs()[0];
  end = input({});
  BOOST_TEST(alive == 98);
}

BOOST_AUTO_TEST_CASE(wide_graphs_need_no_stack) {
  std::atomic<int> alive = 0;
  run_on_small_stack([&] {
    std::vector<Tensor> inputs;
    const auto x = input({});
    for (int node = 0; node < 100'000; ++node) inputs.push_back(apply(std::make_shared<const Counted>(alive), {x}));
    const auto top = apply(std::make_shared<const Counted>(alive), std::move(inputs));
    BOOST_TEST(alive == 100'001);
    BOOST_TEST(nodes_below(std::span(&top, 1)).size() == 100'002u);
  });
  BOOST_TEST(alive == 0);
}

// Each layer uses every node of the layer below: as many paths as 8^2000, but only 16,000 nodes.
BOOST_AUTO_TEST_CASE(shared_nodes_are_visited_and_destroyed_once) {
  std::atomic<int> alive = 0;
  run_on_small_stack([&] {
    std::vector<Tensor> layer(8, input({}));
    for (int depth = 0; depth < 2000; ++depth) {
      std::vector<Tensor> next;
      for (int node = 0; node < 8; ++node) next.push_back(apply(std::make_shared<const Counted>(alive), layer));
      layer = std::move(next);
    }
    BOOST_TEST(alive == 16'000);
    BOOST_TEST(nodes_below(layer).size() == 16'001u);
  });
  BOOST_TEST(alive == 0);
}

// An operator may keep tensors of its own, and so die while the engine takes a graph apart.
BOOST_AUTO_TEST_CASE(operators_may_hold_graphs) {
  class Holder final : public Op {
   public:
    explicit Holder(Tensor held) : held_(std::move(held)) {}
    std::string_view name() const override { return "holder"; }
    std::vector<TensorType> infer(std::span<const TensorType>) const override { return {held_.type()}; }

   private:
    Tensor held_;
  };
  std::atomic<int> alive = 0;
  run_on_small_stack([&] {
    const std::shared_ptr<const Op> op = std::make_shared<const Counted>(alive);
    const auto chain = [&](Tensor end) {
      for (int node = 0; node < 20'000; ++node) end = apply(op, {end});
      return end;
    };
    const auto outer = chain(apply(std::make_shared<const Holder>(chain(input({}))), {chain(input({}))}));
    // Each operator holds the node before.
    Tensor end = outer;
    for (int node = 0; node < 40'000; ++node) end = apply(std::make_shared<const Holder>(end), {});
  });
  BOOST_TEST(alive == 0);
}

BOOST_AUTO_TEST_CASE(threads_build_and_destroy_shared_graphs) {
  std::atomic<int> alive = 0;
  {
    const std::shared_ptr<const Op> op = std::make_shared<const Counted>(alive);
    Tensor shared = input({});
    for (int node = 0; node < 10'000; ++node) shared = apply(op, {shared});
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&wrong, op, shared]() mutable {
        std::unordered_set<std::uint64_t> ids;
        for (int round = 0; round < 20; ++round) {
          Tensor own = shared;
          for (int node = 0; node < 500; ++node) {
            own = apply(op, {own, shared});
            if (!ids.insert(own.node().id()).second) ++wrong;
          }
          const auto nodes = nodes_below(std::span(&own, 1));
          if (nodes.size() != 10'501 || !is_topological(nodes)) ++wrong;
        }
      });
    }
    // The last handle on the shared chain dies on one of the threads.
    shared = input({});
    for (auto& thread : threads) thread.join();
    BOOST_TEST(wrong == 0);
  }
  BOOST_TEST(alive == 0);
}

BOOST_AUTO_TEST_CASE(what_operators_hold_dies_without_stack) {
  // Each rule holds the tensor before, which only it holds: the chain leads through operators as well.
  run_on_small_stack([] {
    const auto x = parameter(Array(1.0f));
    Tensor last = x;
    for (int link = 0; link < 40'000; ++link) {
      last = custom_gradient(x, {x}, {[before = last](const Vjp&) { return std::optional(before); }});
    }
    BOOST_TEST((last.dtype() == DType::float32));
  });
}

BOOST_AUTO_TEST_SUITE_END()
