"""What a sample says about its frame (由样本推断总体): draw protocol 2, section 8."""
