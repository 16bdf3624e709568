#pragma once

#include <xgrad/models/data/labelled_images.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace mnist {

/// The images to learn from, and what they are.
struct Digits {
  xgrad::ImageDataset images;
  bool is_real;             ///< MNIST, not synthetic
  std::string description;  ///< in one sentence
};

/// MNIST from `folder`, or from where it is usually kept; without a folder and when it is nowhere, synthetic digits.
Digits load_digits(const std::optional<std::filesystem::path>& folder);

}  // namespace mnist
