// Seconds per epoch of xgrad beside the loop written by hand, epochs taking turns:
//   training_step [--rounds N] [--samples N]

#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "hand_written_mlp.hpp"
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

struct Network {
  std::vector<int> hidden;
  int batch_size;
};

double seconds(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

xgrad::Sequential make_model(const Network& network) {
  xgrad::Sequential model;
  for (std::size_t index = 0; index < network.hidden.size(); ++index) {
    model.add(xgrad::Dense{.units = network.hidden[index],
                           .activation = xgrad::relu,
                           .input_shape = index == 0 ? xgrad::Shape{784} : xgrad::Shape{}});
  }
  model.add(xgrad::Dense{.units = 10, .activation = xgrad::softmax});
  model.compile({.optimizer = xgrad::RMSprop{}, .loss = xgrad::categorical_crossentropy, .metrics = {"accuracy"}});
  return model;
}

std::string describe(const Network& network) {
  std::string text = "784";
  for (int units : network.hidden) text += fmt::format("-{}", units);
  return text + fmt::format("-10, {}", network.batch_size);
}

}  // namespace

int main(int argc, char** argv) {
  int rounds = 5;
  int samples = 60'000;
  for (int index = 1; index + 1 < argc; index += 2) {
    if (std::strcmp(argv[index], "--rounds") == 0) rounds = std::atoi(argv[index + 1]);
    if (std::strcmp(argv[index], "--samples") == 0) samples = std::atoi(argv[index + 1]);
  }
  const auto [train, test] = xgrad::synthetic_digits({.train = static_cast<std::size_t>(samples), .test = 10});
  const xt::xarray<float> images = xt::cast<float>(train.images) / 255.0f;
  const xt::xarray<float> rows = xt::reshape_view(images, {static_cast<std::size_t>(samples), std::size_t{784}});
  const xt::xarray<float> targets = xgrad::to_categorical(train.labels);

  fmt::print(
      "| network, batch | threads | xgrad s/epoch | by hand s/epoch | ratio | range |\n|---|---|---|---|---|---|\n");
  for (const Network& network : {Network{{32}, 128}, Network{{32}, 10}, Network{{512}, 128}, Network{{512, 512}, 128},
                                 Network{{512, 512}, 1024}}) {
    for (int threads : {1, 2}) {
      xgrad::set_threads(threads);
      auto model = make_model(network);
      std::vector<int> sizes{784};
      sizes.insert(sizes.end(), network.hidden.begin(), network.hidden.end());
      sizes.push_back(10);
      xgrad::benchmark::HandWrittenMlp by_hand(sizes, network.batch_size, threads);
      std::vector<double> ours, theirs, ratios;
      for (int round = 0; round <= rounds; ++round) {
        const double first =
            seconds([&] { model.fit(rows, targets, {.epochs = 1, .batch_size = network.batch_size, .verbose = 0}); });
        const double second = seconds([&] {
          by_hand.train_epoch({rows.data(), rows.size()}, {train.labels.data(), train.labels.size()});
        });
        if (round == 0) continue;  // warm up
        ours.push_back(first);
        theirs.push_back(second);
        ratios.push_back(first / second);
      }
      fmt::print("| {} | {} | {:.3f} | {:.3f} | {:.2f} | {:.2f}-{:.2f} |\n", describe(network), threads, median(ours),
                 median(theirs), median(ratios), *std::min_element(ratios.begin(), ratios.end()),
                 *std::max_element(ratios.begin(), ratios.end()));
      std::fflush(stdout);
    }
  }
}
